import EmendPipeline

/// Tables of damaged forms with their readings, told from other tables by what stands in them.
public enum DamageList {
  /// Whether a table is a list of damaged forms: in most rows the reading in the second column is the form in the first
  /// with some letters changed.
  ///
  /// ```swift
  /// DamageList.isOne(Array("ofAce\toffice\t3\n".utf8))           // true
  /// DamageList.isOne(Array("telegraph-union\t5\t3\t19\n".utf8))  // false
  /// ```
  public static func isOne(_ table: [UInt8]) -> Bool {
    var (rows, alike) = (0, 0)
    for line in table.split(separator: 0x0A) where line.first != 0x23 {
      let fields = line.split(separator: 0x09, omittingEmptySubsequences: false)
      guard let form = fields.first, !form.isEmpty else { continue }
      rows += 1
      guard fields.count > 1 else { continue }
      if Self.isAlike(String(decoding: form, as: UTF8.self), String(decoding: fields[1], as: UTF8.self)) {
        alike += 1
      }
    }
    return alike * 2 > rows
  }

  /// Whether two words share half of their bytes or more, in order.
  private static func isAlike(_ form: String, _ reading: String) -> Bool {
    let longer = max(form.utf8.count, reading.utf8.count)
    // Forms of some hundred letters are no words.
    guard longer < 400 else { return false }
    return EmendPipeline.EditDistance.between(form.lowercased(), reading.lowercased()) * 2 <= longer
  }
}
