struct ChannelStep: Step {
  func run(_ draft: inout Draft, _ session: inout Session) {}
}
