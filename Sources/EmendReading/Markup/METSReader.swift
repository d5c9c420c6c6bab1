struct METSReader {
  static func localFiles(of path: String, options: Reading.Options) -> [String] { [] }
}
