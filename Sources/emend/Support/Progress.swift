/// A progress bar on standard error: done, total, rate and time left. It is for people on a terminal only;
/// nothing of it reaches any output file.
struct Progress {
  private let total: Int
  private let shown: Bool
  private var done = 0
  private let start = ContinuousClock.now
  private var last = ContinuousClock.now

  init(total: Int, shown: Bool) {
    self.total = total
    self.shown = shown && total > 1
  }

  mutating func step() {
    done += 1
    guard shown else { return }
    let now = ContinuousClock.now
    if done < total, now - last < .milliseconds(100) { return }
    last = now
    let elapsed =
      Double((now - start).components.seconds) + Double((now - start).components.attoseconds) / 1e18
    let rate = elapsed > 0 ? Double(done) / elapsed : 0
    let left = rate > 0 ? Int(Double(total - done) / rate) : 0
    let width = 30
    let filled = total == 0 ? width : width * done / total
    let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
    Log.write(
      "\r\(bar) \(done)/\(total)  \(Int(rate)) a second, \(left / 60):\(left % 60 < 10 ? "0" : "")\(left % 60) left "
    )
  }

  func finish() {
    if shown { Log.write("\r\u{1B}[2K") }
  }
}
