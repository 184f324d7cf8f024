//! Sets a print file right for one printer: shifted by fractions of a millimetre, backs turned.
//!
//! The pages keep their boxes and all that stands on them; only a coordinate system is put in front of it, and taken away behind it. The
//! same file with the same setting gives the same bytes.

use super::printer::Setting;
use lopdf::content::{Content, Operation};
use lopdf::{Document, Object, ObjectId, Stream, dictionary};

/// Points in a micrometre.
const POINTS_PER_UM: f32 = 72.0 / 25_400.0;

/// The file as the printer needs it. Pages are fronts and backs in turn.
///
/// # Errors
/// When the file is none of ours.
pub fn set_right(pdf: Vec<u8>, setting: Setting) -> Result<Vec<u8>, lopdf::Error> {
    if setting == Setting::default() {
        return Ok(pdf);
    }
    let mut document = Document::load_mem(&pdf)?;
    for (place, page) in document.get_pages() {
        let is_back = place % 2 == 0;
        let matrix = matrix(&document, page, setting, is_back && setting.turn_backs)?;
        let operands = matrix.map(Object::Real).to_vec();
        let before = [Operation::new("q", vec![]), Operation::new("cm", operands)];
        let before = add(&mut document, before.to_vec())?;
        let after = add(&mut document, vec![Operation::new("Q", vec![])])?;
        let page = document.get_object_mut(page)?.as_dict_mut()?;
        let mut contents = vec![before.into()];
        match page.get(b"Contents")? {
            Object::Array(several) => contents.extend(several.iter().cloned()),
            one => contents.push(one.clone()),
        }
        contents.push(after.into());
        page.set("Contents", contents);
    }
    let mut bytes = Vec::new();
    document.save_to(&mut bytes)?;
    Ok(bytes)
}

fn add(document: &mut Document, operations: Vec<Operation>) -> Result<ObjectId, lopdf::Error> {
    let content = Content { operations }.encode()?;
    Ok(document.add_object(Stream::new(dictionary! {}, content)))
}

/// What moves a page to the right and down, and turns it about its middle.
fn matrix(document: &Document, page: ObjectId, setting: Setting, is_turned: bool) -> Result<[f32; 6], lopdf::Error> {
    let page = document.get_dictionary(page)?;
    let sides: Vec<f32> = page.get(b"MediaBox")?.as_array()?.iter().map(Object::as_float).collect::<Result<_, _>>()?;
    let [left, bottom, right, top] = sides[..] else { return Err(lopdf::Error::DictKey("MediaBox".to_owned())) };
    let (across, down) = (points(setting.shift_right_um), points(setting.shift_down_um));
    Ok(if is_turned {
        [-1.0, 0.0, 0.0, -1.0, left + right + across, bottom + top - down]
    } else {
        [1.0, 0.0, 0.0, 1.0, across, -down]
    })
}

#[expect(clippy::cast_precision_loss, reason = "a shift has at most four digits")]
fn points(um: i32) -> f32 {
    um as f32 * POINTS_PER_UM
}

#[cfg(test)]
mod tests {
    use super::*;
    use lopdf::Dictionary;

    /// Two pages of 200 by 100 points.
    fn card() -> Vec<u8> {
        let mut document = Document::with_version("1.7");
        let pages = document.new_object_id();
        let kids: Vec<Object> = (0..2)
            .map(|_| {
                let content = add(&mut document, vec![Operation::new("n", vec![])]).unwrap();
                let media = vec![0.into(), 0.into(), 200.into(), 100.into()];
                let page =
                    dictionary! { "Type" => "Page", "Parent" => pages, "MediaBox" => media, "Contents" => content };
                document.add_object(page).into()
            })
            .collect();
        document.objects.insert(pages, dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => 2 }.into());
        let root = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages });
        document.trailer = Dictionary::from_iter([("Root", Object::Reference(root))]);
        let mut bytes = Vec::new();
        document.save_to(&mut bytes).unwrap();
        bytes
    }

    fn matrices(pdf: &[u8]) -> Vec<Vec<f32>> {
        let document = Document::load_mem(pdf).unwrap();
        let of = |page: ObjectId| {
            let content = Content::decode(&document.get_page_content(page)).unwrap();
            let operators: Vec<&str> = content.operations.iter().map(|operation| operation.operator.as_str()).collect();
            assert_eq!(operators, ["q", "cm", "n", "Q"]);
            content.operations[1].operands.iter().map(|operand| operand.as_float().unwrap()).collect()
        };
        document.get_pages().into_values().map(of).collect()
    }

    #[test]
    fn fronts_are_shifted_and_backs_turned_as_well() {
        let setting = Setting { shift_right_um: 254, shift_down_um: -508, turn_backs: true };
        let set = set_right(card(), setting).unwrap();
        let near = |found: &[f32], wanted: [f32; 6]| {
            assert!(
                found.iter().zip(wanted).all(|(found, wanted)| (found - wanted).abs() < 0.001),
                "{found:?} {wanted:?}"
            );
        };
        let found = matrices(&set);
        near(&found[0], [1.0, 0.0, 0.0, 1.0, 0.72, 1.44]);
        near(&found[1], [-1.0, 0.0, 0.0, -1.0, 200.72, 101.44]);
        assert_eq!(set, set_right(card(), setting).unwrap(), "the same bytes again");
    }

    #[test]
    fn what_is_right_stays_as_it_is() {
        assert_eq!(set_right(card(), Setting::default()).unwrap(), card());
        assert!(set_right(b"no file".to_vec(), Setting { turn_backs: true, ..Setting::default() }).is_err());
    }
}
