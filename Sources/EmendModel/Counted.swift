/// A number with its noun: "1 page", "3 pages", "2 entries".
///
/// The plural has an s behind the noun unless it is given.
package func counted(_ count: Int, _ noun: String, _ plural: String? = nil) -> String {
  count == 1 ? "1 \(noun)" : "\(count) \(plural ?? noun + "s")"
}
