import EmendText

/// What one map makes of the forms of a document.
///
/// A class, since it is one growing memory of a run: forms keep their ids while words are mended.
final class VariantTable {
  /// For each form the place of its variants in `lists`.
  private var places: [Int32] = []
  private var lists: [[MapReader.Variant]] = [[]]

  /// Not looked at yet; looked at, and without variants.
  private static let open: Int32 = -1
  private static let none: Int32 = 0
  /// Fewer forms are not worth a thread.
  private static let fewest = 64

  /// Makes room for all forms of a document.
  func grow(to count: Int) {
    places.append(contentsOf: repeatElement(VariantTable.open, count: max(0, count - places.count)))
  }

  /// Whether a form was not looked at yet; from now on it was.
  @inline(__always)
  func claim(_ form: Int) -> Bool {
    if places[form] != VariantTable.open { return false }
    places[form] = VariantTable.none
    return true
  }

  /// Reads the forms of some ids, many side by side.
  func read(_ ids: [Int32], _ forms: FormTable, by reader: MapReader, threads: Int) {
    let found = SideBySide.map(ids.count, threads: threads, least: VariantTable.fewest) { some in
      some.compactMap { at in
        let form = forms[Int(ids[at])]
        let variants = reader.concerns(form) ? reader.variants(of: form) : []
        return variants.isEmpty ? nil : (ids[at], variants)
      }
    }
    for (id, variants) in found.joined() {
      places[Int(id)] = Int32(lists.count)
      lists.append(variants)
    }
  }

  /// Whether a form has variants.
  @inline(__always)
  func has(_ form: Int) -> Bool { places[form] > VariantTable.none }

  subscript(form: Int) -> [MapReader.Variant] { lists[Int(places[form])] }
}
