import EmendModel
import EmendPipeline

/// The table of commands and options that ArgumentParser gives out (its ToolInfo, serialization version 0), as
/// far as a manual page needs it.
struct OptionTable: Decodable {
  struct Command: Decodable {
    var commandName: String
    var abstract: String?
    var discussion: String?
    var shouldDisplay: Bool?
    var subcommands: [Command]?
    var arguments: [Argument]?
  }
  struct Argument: Decodable {
    struct Name: Decodable {
      var kind: String
      var name: String
    }
    var kind: String
    var shouldDisplay: Bool
    var isOptional: Bool
    var isRepeating: Bool
    var names: [Name]?
    var valueName: String?
    var defaultValue: String?
    var abstract: String?
  }

  var command: Command
}

/// `emend(1)` in roff with the man macros: every command, every option, the exit codes.
struct ManualPage {
  private var lines: [String] = []

  init(_ root: OptionTable.Command) {
    lines = [
      ".TH EMEND 1 \"\" \"emend \(Version.current)\" \"User Commands\"",
      ".SH NAME", "emend \\- " + Self.escaped(lowered(root.abstract ?? "")),
      ".SH SYNOPSIS", ".B emend", ".I command", "[options] [file ...]",
    ]
    lines.append(".SH DESCRIPTION")
    discussion(root.discussion)
    let commands = (root.subcommands ?? []).filter { $0.commandName != "help" && $0.shouldDisplay ?? true }
    let shared = Self.shared(commands)
    lines.append(".SH COMMANDS")
    for command in commands { add(command, path: "emend", besides: shared) }
    lines += [
      ".SH COMMON OPTIONS", "Options that most commands take; emend help COMMAND lists those of one.",
    ]
    var seen: Set<String> = []
    for argument in commands.flatMap({ $0.arguments ?? [] }) where shared.contains(Self.heading(argument)) {
      if seen.insert(Self.heading(argument)).inserted { add(argument) }
    }
    lines.append(".SH EXIT STATUS")
    for item in Explanation.all where item.kind == .exit {
      lines += [".TP", ".B \(item.code)", Self.escaped(item.meaning)]
    }
    lines.append(".SH ENVIRONMENT")
    for key in Configuration.Key.allCases {
      guard let variable = key.variable else { continue }
      lines += [".TP", ".B \(Self.escaped(variable))", Self.escaped(key.explanation)]
    }
    lines += [".TP", ".B EMEND_LEXICONS", "where the built-in lexicons are, if not beside the program"]
    lines += [".TP", ".B NO_COLOR", "no colour, whatever its value"]
    lines.append(".SH FILES")
    for (name, about) in [
      ("emend.yaml", "settings of a project, in the current folder; emend config show prints those in force"),
      ("emend.decisions.jsonl", "decisions about emendations, in the corpus folder or the current one"),
    ] {
      lines += [".TP", ".I \(name)", about]
    }
  }

  var roff: String { lines.joined(separator: "\n") + "\n" }

  private mutating func add(_ command: OptionTable.Command, path: String, besides shared: Set<String>) {
    let name = path + " " + command.commandName
    let own = (command.arguments ?? []).filter {
      $0.shouldDisplay && !shared.contains(Self.heading($0))
        && !["--help", "--version"].contains(Self.heading($0))
    }
    let inputs = own.filter { $0.kind == "positional" }.map { argument in
      let value = "<\(argument.valueName ?? "value")>" + (argument.isRepeating ? " ..." : "")
      return argument.isOptional ? "[\(value)]" : value
    }
    lines.append(".SS " + Self.escaped(([name] + inputs).joined(separator: " ")))
    lines.append(Self.escaped(command.abstract ?? ""))
    discussion(command.discussion)
    for argument in own { add(argument) }
    for child in command.subcommands ?? [] where child.commandName != "help" {
      add(child, path: name, besides: shared)
    }
  }

  private mutating func add(_ argument: OptionTable.Argument) {
    var head = ".B " + Self.escaped(Self.heading(argument))
    if argument.kind == "option" { head += " <\(Self.escaped(argument.valueName ?? "value"))>" }
    var text = argument.abstract ?? ""
    if let value = argument.defaultValue, !value.isEmpty { text += " (default: \(value))" }
    lines += [".TP", head, Self.escaped(text)]
  }

  /// Paragraphs filled; indented lines, which are examples, as they stand.
  private mutating func discussion(_ text: String?) {
    var literal = false
    for line in (text ?? "").split(separator: "\n", omittingEmptySubsequences: false) {
      let example = line.hasPrefix("  ")
      if example != literal { lines.append(example ? ".PP\n.nf" : ".fi") }
      literal = example
      lines.append(line.isEmpty ? ".PP" : Self.escaped(String(line)))
    }
    if literal { lines.append(".fi") }
  }

  /// The options that more than half of the commands have: those of `CommonOptions`.
  private static func shared(_ commands: [OptionTable.Command]) -> Set<String> {
    var counts: [String: Int] = [:]
    for command in commands {
      for argument in command.arguments ?? [] where argument.kind != "positional" {
        counts[heading(argument), default: 0] += 1
      }
    }
    return Set(counts.filter { $0.value > commands.count / 2 }.keys)
  }

  /// "-o, --output", or the name of a value.
  private static func heading(_ argument: OptionTable.Argument) -> String {
    guard let names = argument.names, !names.isEmpty else { return "<\(argument.valueName ?? "value")>" }
    return names.sorted { $0.name.count < $1.name.count }.map { name in
      name.kind == "long" ? "--" + name.name : "-" + name.name
    }.joined(separator: ", ")
  }

  private static func escaped(_ text: String) -> String {
    let text = text.replacing("\\", with: "\\e").replacing("-", with: "\\-")
    return text.hasPrefix(".") || text.hasPrefix("'") ? "\\&" + text : text
  }
}

private func lowered(_ text: String) -> String {
  let text = text.hasSuffix(".") ? String(text.dropLast()) : text
  return text.prefix(1).lowercased() + text.dropFirst()
}
