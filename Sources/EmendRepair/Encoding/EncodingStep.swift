import EmendModel

/// Placeholder until its rules are in.
struct EncodingStep: Step {
  var needsEnglish: Bool { false }
  func run(_ draft: inout Draft, _ session: inout Session) {}
}
struct ControlStep: Step {
  var needsEnglish: Bool { false }
  func run(_ draft: inout Draft, _ session: inout Session) {}
}
