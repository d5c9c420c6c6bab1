/// The version of the program, written into every corpus and stream record.
public enum Version {
  public static let current = "0.1.0"
}
