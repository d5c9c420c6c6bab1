#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Runs one program and takes what it writes. Foundation's Process would cost more start-up time than all
/// else that reading needs.
enum Subprocess {
  enum Outcome {
    case finished(status: Int32, output: [UInt8], errors: [UInt8])
    /// No such program in PATH.
    case missing
    case tooLarge
  }

  static func run(_ command: [String], limit: Int) -> Outcome {
    var (output, errors): ([Int32], [Int32]) = ([-1, -1], [-1, -1])
    guard pipe(&output) == 0, pipe(&errors) == 0 else { return .missing }
    for end in output + errors { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, output[1], 1)
    posix_spawn_file_actions_adddup2(&actions, errors[1], 2)

    var arguments: [UnsafeMutablePointer<CChar>?] = command.map { strdup($0) }
    arguments.append(nil)
    defer { for argument in arguments { free(argument) } }
    var process: pid_t = 0
    let failed = posix_spawnp(&process, command[0], &actions, nil, arguments, environ)
    close(output[1])
    close(errors[1])
    defer {
      close(output[0])
      close(errors[0])
    }
    if failed != 0 { return .missing }

    // Both pipes are read as they fill, so that neither blocks the program.
    var (taken, complaints): ([UInt8], [UInt8]) = ([], [])
    var open = [
      pollfd(fd: output[0], events: Int16(POLLIN), revents: 0),
      pollfd(fd: errors[0], events: Int16(POLLIN), revents: 0),
    ]
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while open.contains(where: { $0.fd >= 0 }) {
      if poll(&open, nfds_t(open.count), -1) < 0 {
        if errno == EINTR { continue }
        break
      }
      for index in open.indices where open[index].fd >= 0 && open[index].revents != 0 {
        let count = read(open[index].fd, &buffer, buffer.count)
        if count <= 0 {
          open[index].fd = -1
        } else if index == 0 {
          taken += buffer[..<count]
        } else if complaints.count < 4096 {
          complaints += buffer[..<count]
        }
      }
      if taken.count > limit {
        kill(process, SIGKILL)
        _ = wait(for: process)
        return .tooLarge
      }
    }
    let status = wait(for: process)
    return status == 127 ? .missing : .finished(status: status, output: taken, errors: complaints)
  }

  private static func wait(for process: pid_t) -> Int32 {
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    return status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + (status & 0x7F)
  }
}
