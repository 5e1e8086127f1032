//! Files as offices have them, and files as nobody should send them.

use std::io::Write;

use proptest::prelude::*;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;

/// What a file of that name and content is read as.
fn read(name: &str, bytes: &[u8]) -> Result<Imported, ImportError> {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending);
    read_bytes(&format!("« {name} »"), ending, bytes)
}

fn text(name: &str, bytes: &[u8]) -> String {
    read(name, bytes).unwrap_or_else(|error| panic!("{error}")).text
}

/// A refusal names the file on one line, and says each of the words.
fn refused(name: &str, bytes: &[u8], words: &[&str]) {
    let message = read(name, bytes).expect_err(name).to_string();
    assert!(message.contains(name) && !message.contains('\n'), "{message}");
    for word in words {
        assert!(message.contains(word), "« {word} » in {message}");
    }
}

fn fixture(name: &str) -> Vec<u8> {
    let path = format!("{}/tests/fixtures/bureau/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read(path).unwrap()
}

fn package(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

const RELATIONS: &str = r#"<Relationships><Relationship Id="r1" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#;

/// A strict Word document with that body.
fn word(body: &str) -> Vec<u8> {
    let document = format!(
        r#"<?xml version="1.0"?><w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"><w:body>{body}</w:body></w:document>"#
    );
    package(&[("_rels/.rels", RELATIONS), ("word/document.xml", &document)])
}

const SEANCE: &str = "\
Mairie de Corvaille-sur-Aure

Conseil municipal
mardi 10 mars 2026, salle de la mairie,  ouvert 19h30
11 en exercice
présents : Martel, Aubrac, Roussillac
excusée : Velmarre -> pouvoir à Aubrac

1) toiture école : 3 devis reçus (un quatrième annoncé), Bellanger retenue 48 750 € HT
  - subvention DETR à demander
  - 8 pour
2) cantine : repas 3,10 → 3,25 €
Encadré :
prochain conseil mardi 5 mai 2026 19h30
3) questions diverses néant
- abribus cassé
fin 21h15

Notes de séance";

#[test]
fn documents_are_the_lines_that_a_person_would_have_typed() {
    for name in ["seance.odt", "seance.fodt", "seance.docx"] {
        let imported = read(name, &fixture(name)).unwrap();
        assert_eq!(imported.text, SEANCE, "{name}");
        assert_eq!(imported.remarks, [Remark::LeftOut("1 commentaire non repris".into())]);
    }
}

#[test]
fn content_decides_what_a_file_is() {
    assert_eq!(text("notes.docx", &fixture("seance.odt")), SEANCE);
    assert_eq!(text("notes.txt", &fixture("seance.fodt")), SEANCE);
    let slides = String::from_utf8(fixture("seance.fodt")).unwrap();
    let slides = slides.replace("opendocument.text", "opendocument.presentation");
    refused("notes.odt", slides.as_bytes(), &["présentation"]);
    assert_eq!(text("a.fodt", b"1/ toit : oui"), "1/ toit : oui");
    let sheet = "<?xml version=\"1.0\"?>\n<office:document office:mimetype=\"application/vnd.oasis.opendocument.spreadsheet\"><office:body><office:spreadsheet><table:table><table:table-row><table:table-cell><text:p>toit</text:p></table:table-cell><table:table-cell><text:p>8 pour</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet></office:body></office:document>";
    assert_eq!(text("a.fods", sheet.as_bytes()), "toit : 8 pour");
    assert_eq!(text("notes.txt", &fixture("seance.docx")), SEANCE);
    assert!(text("notes.docx", &fixture("liste.xlsx")).contains("Martel"));
    assert_eq!(text("notes.docx", b"r\xe9union"), "réunion");
    assert_eq!(text("notes.txt", b"<!DOCTYPE html><p>a<p>b"), "a\nb");
}

#[test]
fn lists_of_people_are_read_alike_from_every_sheet() {
    for name in ["liste.csv", "liste.xlsx", "liste.ods"] {
        assert_eq!(
            text(name, &fixture(name)),
            "Nom, Prénom, Présence\nJean-Luc Martel : présent\nSonia, dite Soso Velmarre : excusée",
            "{name}"
        );
    }
}

#[test]
fn separators_and_encodings_of_csv_are_found() {
    let expected = "Objet, Montant, Vote\ntoiture, 48,5, oui";
    for content in [
        &b"Objet;Montant;Vote\ntoiture;48,5;oui\n"[..],
        b"Objet\tMontant\tVote\r\ntoiture\t48,5\toui",
        b"\xef\xbb\xbfObjet,Montant,Vote\ntoiture,\"48,5\",oui",
        b"sep=|\nObjet|Montant|Vote\ntoiture|48,5|oui",
    ] {
        assert_eq!(text("a.csv", content), expected);
    }
    assert_eq!(text("a.csv", b"r\xe9union;pr\xe9sents"), "réunion : présents");
}

#[test]
fn text_is_decoded() {
    for (bytes, expected) in [
        (&b"r\xe9union \x80"[..], "réunion €"),
        (b"\xef\xbb\xbfa\r\nb", "a\r\nb"),
        (b"\xff\xfea\0\xe9\0", "aé"),
        (b"\xfe\xff\0a\0\xe9", "aé"),
    ] {
        assert_eq!(text("a.txt", bytes), expected);
    }
}

#[test]
fn markdown_stays_as_typed() {
    let notes = "# CM\n1. **toiture** : 8 pour\n - suite\n";
    assert_eq!(text("a.md", notes.as_bytes()), notes);
}

#[test]
fn word_keeps_what_is_inserted_and_drops_what_is_deleted_or_hidden() {
    let run = |text: &str| format!("<w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r>");
    let table = [
        (format!("<w:p>{}{}</w:p>", run("répa"), run("ration")), "réparation"),
        (
            format!(
                "<w:p>{}<w:ins>{}</w:ins><w:del>{}</w:del></w:p>",
                run("a"),
                run("b"),
                run("c")
            ),
            "ab",
        ),
        (format!("<w:p>{}<w:r><w:rPr><w:vanish/></w:rPr><w:t>b</w:t></w:r></w:p>", run("a")), "a"),
        (
            format!(
                "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{}</w:p><w:p>{}</w:p><w:p>{}</w:p>",
                run("a"),
                run("b"),
                run("c")
            ),
            "ab\nc",
        ),
        (format!("<w:p>{}<w:r><w:tab/><w:br/></w:r>{}</w:p>", run("a"), run("b")), "a\nb"),
        (
            format!(
                "<w:p>{}<w:r><w:sym w:font=\"Wingdings\" w:char=\"F0E0\"/></w:r>{}</w:p>",
                run("3,10 "),
                run(" 3,25")
            ),
            "3,10 -> 3,25",
        ),
        (
            format!(
                "<w:p><mc:AlternateContent xmlns:mc=\"m\"><mc:Choice><w:txbxContent><w:p>{0}</w:p></w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent><w:p>{0}</w:p></w:txbxContent></mc:Fallback></mc:AlternateContent>{1}</w:p>",
                run("boîte"),
                run("autour")
            ),
            "autour\nboîte",
        ),
        (
            format!(
                "<w:tbl><w:tr><w:tc><w:p>{}</w:p></w:tc><w:tc><w:p>{}</w:p></w:tc></w:tr><w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p>{}</w:p></w:tc></w:tr></w:tbl>",
                run("absents"),
                run("Martel"),
                run("effacé")
            ),
            "absents : Martel",
        ),
        (
            format!(
                "<w:p><w:fldSimple w:instr=\" PAGE \">{}</w:fldSimple>{}</w:p>",
                run("3"),
                run("a")
            ),
            "a",
        ),
        ("<w:p><w:r><w:t>a &amp; b &#233;</w:t></w:r></w:p>".to_owned(), "a & b é"),
    ];
    for (body, expected) in table {
        assert_eq!(text("a.docx", &word(&body)), expected, "{body}");
    }
}

#[test]
fn word_numbers_come_from_lists_and_styles() {
    let numbering = r#"<w:numbering xmlns:w="w"><w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1/"/></w:lvl><w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/><w:lvlText w:val="o"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="4"/></w:lvlOverride></w:num></w:numbering>"#;
    let styles = r#"<w:styles xmlns:w="w"><w:style w:styleId="Point"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style><w:style w:styleId="Suite"><w:basedOn w:val="Point"/></w:style><w:style w:styleId="Note"><w:rPr><w:vanish/></w:rPr></w:style></w:styles>"#;
    let relations = r#"<Relationships><Relationship Id="a" Type="x/numbering" Target="numbering.xml"/><Relationship Id="b" Type="x/styles" Target="/word/styles.xml"/></Relationships>"#;
    let p = |properties: &str, text: &str| {
        format!("<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
    };
    let list = |number: u8, level: u8| {
        format!("<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{number}\"/></w:numPr>")
    };
    let body = [
        p("<w:pStyle w:val=\"Suite\"/>", "école"),
        p(&list(1, 1), "8 pour"),
        p(&list(1, 0), "voirie"),
        p(&list(2, 0), "divers"),
        p("<w:pStyle w:val=\"Note\"/>", "caché"),
        p(&list(0, 0), "fin"),
    ];
    let document =
        format!("<w:document xmlns:w=\"w\"><w:body>{}</w:body></w:document>", body.concat());
    let bytes = package(&[
        ("_rels/.rels", RELATIONS),
        ("word/_rels/document.xml.rels", relations),
        ("word/document.xml", &document),
        ("word/numbering.xml", numbering),
        ("word/styles.xml", styles),
    ]);
    assert_eq!(text("a.docx", &bytes), "1/ école\n  - 8 pour\n2/ voirie\n4/ divers\n\nfin");
}

#[test]
fn pdf_paragraphs_are_joined_and_telegraphic_lines_are_not() {
    let read = text("rapport.pdf", &fixture("rapport.pdf"));
    let lines: Vec<&str> = read.lines().collect();
    // 12 items of one title, three paragraphs and two short lines, and the edges of pages once.
    assert_eq!(
        lines.iter().filter(|l| l.starts_with("Concernant") && l.ends_with("réunion.")).count(),
        36
    );
    assert_eq!(lines.iter().filter(|l| l.ends_with(" pour")).count(), 12);
    assert_eq!(lines.iter().filter(|l| **l == "effectif affiché").count(), 12);
    assert_eq!(lines.iter().filter(|l| l.contains("Mairie de Corvaille")).count(), 1);
    assert_eq!(lines.iter().filter(|l| l.contains("page")).count(), 0, "{read}");
    let seance = text("seance.pdf", &fixture("seance.pdf"));
    for line in ["présents : Martel, Aubrac, Roussillac", "  - 8 pour", "- abribus cassé"] {
        assert!(seance.lines().any(|l| l == line), "{line} in {seance}");
    }
}

/// A PDF of these objects, the first of which is its catalogue.
fn pdf_of(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut file = b"%PDF-1.5\n".to_vec();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (number, object) in (1..).zip(objects) {
        table.push_str(&format!("{:010} 00000 n \n", file.len()));
        file.extend(format!("{number} 0 obj\n").bytes());
        file.extend(object);
        file.extend(b"\nendobj\n");
    }
    let (start, size) = (file.len(), objects.len() + 1);
    file.extend(
        format!("{table}trailer\n<</Size {size}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF").bytes(),
    );
    file
}

/// A PDF whose pages have these contents, and a picture if asked.
fn pdf(pages: &[String], resources: &str) -> Vec<u8> {
    let kids: Vec<String> = (0..pages.len()).map(|n| format!("{} 0 R", 5 + 2 * n)).collect();
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        format!("<</Type/Pages/Count {}/Kids[{}]>>", pages.len(), kids.join(" ")),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>".to_owned(),
        "<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1>>\nstream\n\0\nendstream".to_owned(),
    ];
    for (n, page) in pages.iter().enumerate() {
        objects.push(format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>{resources}>>/Contents {} 0 R>>",
            6 + 2 * n
        ));
        objects.push(format!("<</Length {}>>\nstream\n{page}\nendstream", page.len()));
    }
    pdf_of(&objects.into_iter().map(String::into_bytes).collect::<Vec<_>>())
}

#[test]
fn five_hundred_pages_are_read_to_the_end() {
    let page = |n: usize| {
        format!("BT /F 12 Tf 60 700 Td (point {n} : vote unanime) Tj 0 -640 Td (- {n} -) Tj ET")
    };
    let pages: Vec<String> = (1..=500).map(page).collect();
    let read = text("gros.pdf", &pdf(&pages, ""));
    assert_eq!(read.lines().count(), 500);
    assert_eq!(read.lines().last(), Some("point 500 : vote unanime"));
}

#[test]
fn a_scan_says_that_it_is_one_and_so_does_a_page_of_it() {
    let picture = "/XObject<</I 4 0 R>>";
    let scan = "q 595 0 0 842 0 0 cm /I Do Q".to_owned();
    refused("scan.pdf", &pdf(std::slice::from_ref(&scan), picture), &["sans texte", "tapez"]);
    let words = "BT /F 12 Tf 60 700 Td (8 pour) Tj ET".to_owned();
    let mixed = read("moitie.pdf", &pdf(&[words, scan], picture)).unwrap();
    assert_eq!(mixed.text, "8 pour");
    assert!(
        matches!(mixed.remarks.as_slice(), [Remark::Unread(what)] if what.starts_with("Page 2"))
    );
}

#[test]
fn what_is_not_read_says_what_to_do() {
    let table: [(&str, &[u8], &[&str]); 12] = [
        ("notes.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", &[".docx ou .odt"]),
        ("notes.rtf", b"{\\rtf1 a}", &["RTF", ".docx"]),
        ("notes.pages", b"texte", &[".docx depuis Pages"]),
        ("photo.jpg", b"\xff\xd8\xff\xe0", &["image", "tapez"]),
        ("photo.heic", b"\0\0\0\x18ftypheic", &[".docx"]),
        ("photo.txt", b"\x89PNG\r\n", &["image"]),
        ("seance.mp3", b"ID3\x03", &["sonore", "transcription"]),
        ("notes.txt", b"a\0b", &["texte"]),
        ("notes.docx", b"PK\x03\x04 casse", &["abîmé"]),
        ("notes.odt", b"\0\0", &["abîmé"]),
        ("notes.pdf", b"%PDF-1.4 rien", &["abîmé"]),
        ("vide.txt", b" \n\t", &["aucun texte"]),
    ];
    for (name, bytes, words) in table {
        refused(name, bytes, words);
    }
    refused("protege.pdf", &fixture("protege.pdf"), &["mot de passe"]);
    refused("sac.zip", &package(&[("notes.txt", "a")]), &["archive"]);
    refused("gros.txt", "mot ".repeat(300_000).as_bytes(), &["1200000 octets", "découpez"]);
}

#[test]
fn hostile_packages_are_refused() {
    let deep = "<w:p>".repeat(300) + &"</w:p>".repeat(300);
    refused("a.docx", &word(&deep), &["imbriqués"]);
    let bomb = "a".repeat(60_000_000);
    refused(
        "a.docx",
        &package(&[("_rels/.rels", RELATIONS), ("word/document.xml", &bomb)]),
        &["démesuré"],
    );
    let many: Vec<(String, &str)> = (0..2100).map(|n| (format!("f{n}"), "")).collect();
    let many: Vec<(&str, &str)> =
        many.iter().map(|(name, content)| (name.as_str(), *content)).collect();
    refused("a.docx", &package(&many), &["trop de fichiers"]);
    let entities = r#"<!DOCTYPE a [<!ENTITY b "bbbbbbbb">]><w:document><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>"#;
    refused(
        "a.docx",
        &package(&[("_rels/.rels", RELATIONS), ("word/document.xml", entities)]),
        &["déclaration"],
    );
    refused("a.docx", &word("<w:p><w:r><w:t>&b;</w:t></w:r></w:p>"), &["entités"]);
    refused("a.docx", &word("<w:p><w:r>"), &["abîmé"]);
    let manifest = "<manifest:manifest><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>";
    let protected = package(&[
        ("mimetype", "application/vnd.oasis.opendocument.text"),
        ("content.xml", "\u{1}"),
        ("META-INF/manifest.xml", manifest),
    ]);
    refused("a.odt", &protected, &["mot de passe"]);
    // The bit that says that an entry is encrypted, in both of its headers.
    let mut locked = word("<w:p/>");
    let marks: Vec<(usize, usize)> = (0..locked.len() - 4)
        .filter_map(|at| match &locked[at..at + 4] {
            b"PK\x03\x04" => Some((at, 6)),
            b"PK\x01\x02" => Some((at, 8)),
            _ => None,
        })
        .collect();
    for (at, flags) in marks {
        locked[at + flags] |= 1;
    }
    refused("a.docx", &locked, &["mot de passe"]);
}

#[test]
fn names_that_leave_the_folder_write_nothing() {
    let outside = std::env::temp_dir().join("greffier-evade.txt");
    let mut parts = vec![("_rels/.rels", RELATIONS), ("../../../../tmp/greffier-evade.txt", "a")];
    parts.push(("word/document.xml", "<document><p><r><t>notes</t></r></p></document>"));
    assert_eq!(text("a.docx", &package(&parts)), "notes");
    assert!(!outside.exists());
}

#[test]
fn a_file_cut_short_is_refused_or_read_never_a_panic() {
    for name in ["seance.odt", "seance.docx", "liste.xlsx", "liste.ods", "conseil.docx"] {
        let whole = fixture(name);
        for share in [1, 3, 5, 7, 9] {
            let cut = &whole[..whole.len() * share / 10];
            assert!(read(name, cut).is_err(), "{name} cut at {share}/10");
        }
    }
    let whole = fixture("seance.pdf");
    for share in [1, 3, 5, 7, 9] {
        let _ = read("seance.pdf", &whole[..whole.len() * share / 10]);
    }
}

/// A stream, deflated so many times.
fn stream(about: &str, content: &[u8], times: usize) -> Vec<u8> {
    let mut packed = content.to_vec();
    for _ in 0..times {
        let mut writer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
        writer.write_all(&packed).unwrap();
        packed = writer.finish().unwrap();
    }
    let filters = "/FlateDecode".repeat(times);
    let length = packed.len();
    let opening = format!("<<{about}/Filter[{filters}]/Length {length}>>stream\n");
    [opening.as_bytes(), &packed, b"\nendstream"].concat()
}

/// A PDF whose only page has that content, and the objects that follow, from the sixth on.
fn page_of(content: Vec<u8>, more: &[Vec<u8>]) -> Vec<u8> {
    let page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>/XObject<</X 6 0 R>>>>>>";
    let objects = [
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec(),
        page.as_bytes().to_vec(),
        content,
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".to_vec(),
    ];
    pdf_of(&[&objects[..], more].concat())
}

const SHOWN: &[u8] = b"BT /F 12 Tf 50 700 Td (toiture votee) Tj ET";

#[test]
fn pdf_bombs_are_refused_before_they_unpack() {
    const HUGE: usize = 60_000_000;
    let shown = || stream("", SHOWN, 1);
    assert_eq!(text("a.pdf", &page_of(shown(), &[])), "toiture votee");
    let spaces = vec![b' '; HUGE];
    let never = ["n'est pas un document ordinaire"];
    for times in [1, 2] {
        refused("a.pdf", &page_of(stream("", &spaces, times), &[]), &never);
    }
    let about = "/Type/ObjStm/N 1/First 4";
    let tables = [stream(about, &spaces, 1), stream("/Type/Obj#53tm/N 1/First 4", &spaces, 2)];
    for table in &tables {
        refused("a.pdf", &page_of(shown(), std::slice::from_ref(table)), &never);
    }
    // A table of places is unpacked before anything is known of it.
    for about in ["/Type/XRef/W[1 2 1]/Size 7", "", "/Subtype/Image/W[1 2 1]"] {
        let mut file = page_of(shown(), &[stream(about, &spaces, 1)]);
        let at = file.windows(7).position(|word| word == b"6 0 obj").unwrap();
        file.extend(format!("\nstartxref\n{at}\n%%EOF").bytes());
        refused("a.pdf", &file, &never);
    }
    let mut file = page_of(shown(), &[stream("/Type/XRef/W[0 0 0]/Size 7", b"", 1)]);
    file.extend(b"\nstartxref\n1\n%%EOF");
    refused("a.pdf", &file, &never);
}

#[test]
fn drawings_that_draw_themselves_are_refused() {
    let never = ["n'est pas un document ordinaire"];
    let shown = stream("", b"/X Do", 1);
    let form = "/Type/XObject/Subtype/Form/BBox[0 0 9 9]";
    let own = format!("{form}/Resources<</XObject<</X 6 0 R>>>>");
    let other = format!("{form}/Resources<</XObject<</X 7 0 R>>>>");
    for forms in [
        vec![stream(&own, b"/X Do", 1)],
        vec![stream(&other, b"/X Do", 1), stream(&own, b"/X Do", 1)],
        vec![stream(form, b"q /X Do Q", 1)],
    ] {
        refused("a.pdf", &page_of(shown.clone(), &forms), &never);
    }
    let quiet = stream(form, SHOWN, 1);
    assert_eq!(text("a.pdf", &page_of(shown, &[quiet])), "toiture votee");
}

#[test]
fn a_large_picture_costs_nothing() {
    let content = [SHOWN, b" /X Do"].concat();
    let picture = "/Type/XObject/Subtype/Image/Width 5000/Height 4000/ColorSpace/DeviceRGB/BitsPerComponent 8";
    let picture = stream(picture, &vec![7; 60_000_000], 1);
    let imported = read("a.pdf", &page_of(stream("", &content, 1), &[picture])).unwrap();
    assert_eq!((imported.text.as_str(), imported.remarks), ("toiture votee", Vec::new()));
}

const MAIL: &str = "From: =?utf-8?q?H=C3=A9l=C3=A8ne_Riou?= <h.riou@exemple.fr>\r\nTo: mairie@exemple.fr\r\nDate: Tue, 10 Mar 2026 23:30:00 +0100\r\nSubject: =?utf-8?q?Fuite_=C3=A0_la_cantine?=\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: multipart/alternative; boundary=y\r\n\r\n--y\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\nBonjour,\r\nla fuite est réparée.\r\n-- \r\nHélène Riou\r\n\r\nLe 9 mars 2026 à 10:00, Mairie a écrit :\r\n> Où en est la fuite ?\r\n--y\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>autre</p>\r\n--y--\r\n--x\r\nContent-Type: application/pdf; name=devis.pdf\r\nContent-Disposition: attachment; filename=devis.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA\r\n--x--\r\n";

#[test]
fn a_message_says_who_when_what_and_its_words() {
    let message = mail::message(MAIL.as_bytes()).unwrap();
    let from = message.from.unwrap();
    assert_eq!(from.name.as_deref(), Some("Hélène Riou"));
    assert_eq!(from.address.as_deref(), Some("h.riou@exemple.fr"));
    assert_eq!(message.date, Some(jiff::civil::date(2026, 3, 10)));
    assert_eq!(message.subject.as_deref(), Some("Fuite à la cantine"));
    assert_eq!(
        message.text,
        "Bonjour,\nla fuite est réparée.\n> --\n> Hélène Riou\n\n> Le 9 mars 2026 à 10:00, Mairie a écrit :\n> Où en est la fuite ?"
    );
    assert_eq!(message.remarks, [Remark::LeftOut("1 pièce jointe non lue : devis.pdf".into())]);
    let notes = read("a.eml", MAIL.as_bytes()).unwrap();
    assert!(notes.text.starts_with("Objet : Fuite à la cantine\nBonjour,"), "{}", notes.text);
    assert_eq!(notes.remarks.len(), 2);
}

#[test]
fn what_a_library_panics_on_is_a_damaged_file() {
    // Two messages inside one another, in parts that never end.
    let inner = "--x\nContent-Type: message/rfc822\n\nFrom: c\nSubject:ul>\n--x\nContent-Type: message/rfc822\n\nFrom: c\nSubject: d\n\nbody\n--x--\n";
    let mail = format!(
        "From: a\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/html\n\n<p>c\n{inner}"
    );
    let _ = read("a.eml", mail.as_bytes());
    assert!(guard::guarded(|| -> Result<(), Reason> { panic!("essai") }).is_err());
    // What a library quotes of the file stays on one line.
    refused("a.docx", &word("<w:p></w\n:q>"), &["abîmé"]);
}

#[test]
fn a_workbook_has_the_texts_that_it_announces() {
    let whole = fixture("liste.xlsx");
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(&whole)).unwrap();
    let mut parts = Vec::new();
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).unwrap();
        let mut content = String::new();
        let name = entry.name().unwrap().into_owned();
        entry.read_to_string(&mut content).unwrap();
        parts.push((name, content));
    }
    let with = |count: &str| {
        let strings = format!("<sst uniqueCount=\"{count}\"><si><t>Martel</t></si></sst>");
        let mut parts: Vec<(&str, &str)> = parts
            .iter()
            .filter(|(name, _)| name != "xl/sharedStrings.xml")
            .map(|(name, content)| (name.as_str(), content.as_str()))
            .collect();
        parts.push(("xl/sharedStrings.xml", &strings));
        package(&parts)
    };
    refused("a.xlsx", &with("4294967296"), &["n'est pas un document ordinaire"]);
    assert!(!matches!(
        read("a.xlsx", &with("1")),
        Err(ImportError { reason: Reason::Hostile(_), .. })
    ));
}

#[test]
fn mail_is_told_from_text_on_standard_input() {
    let kind = |text: &str| sniff::kind(None, text.as_bytes()).unwrap();
    assert_eq!(kind(MAIL), Kind::Mail);
    assert_eq!(kind("From: moi\nSubject: notes\n\nrien"), Kind::Text);
    assert_eq!(kind("CM du 10 mars"), Kind::Text);
}

#[test]
fn pages_are_their_visible_lines() {
    for (page, expected) in [
        ("<title>t</title><style>p{}</style><p>a<b>b</b> c<p>d", "ab c\nd"),
        ("<ul><li>a<ul><li>b</ul><li>c</ul>", "- a\n  - b\n- c"),
        ("<ol start=3><li>a<li>b</ol>", "3. a\n4. b"),
        ("<table><tr><th>présents<td>A, B</table>", "présents : A, B"),
        ("a<br>b&nbsp;c &eacute;", "a\nb c é"),
        ("<div style='display: none'>x<div>y</div></div>z", "z"),
        ("<blockquote type=cite><p>a</blockquote>b", "> a\nb"),
        ("<script>if (a<b) '</p>'</script>c", "c"),
        ("<pre>1/ a\n 8 pour</pre>", "1/ a\n 8 pour"),
    ] {
        assert_eq!(html::text(page), expected, "{page}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_bytes_are_a_text_or_a_refusal(
        bytes in proptest::collection::vec(any::<u8>(), 0..400),
        ending in proptest::sample::select(vec!["txt", "html", "eml", "csv", "docx", "pdf"]),
        head in proptest::sample::select(vec!["", "%PDF-1.4\n", "PK\u{3}\u{4}", "From: a\nMIME-Version: 1.0\n"]),
    ) {
        let bytes = [head.as_bytes(), &bytes].concat();
        let _ = read(&format!("a.{ending}"), &bytes);
    }

    #[test]
    fn any_damage_is_a_text_or_a_refusal(at in 0_usize..30_000, byte: u8, which in 0_usize..4) {
        let names = ["seance.odt", "seance.docx", "liste.xlsx", "seance.pdf"];
        let mut bytes = fixture(names[which]);
        let at = at % bytes.len();
        bytes[at] = byte;
        let _ = read(names[which], &bytes);
    }

    #[test]
    fn any_xml_is_a_text_or_a_refusal(xml in "(<(/)?(p|r|t|tbl|tr|tc|list|list-item|note|table-row|table-cell|s|body|del)( val=\"1\")?(/)?>|a | )*") {
        let _ = text::decode(xml.as_bytes());
        let _ = read("a.docx", &word(&xml));
        let body = format!("<office:document><office:body>{xml}</office:body></office:document>");
        let odt = package(&[("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", &body)]);
        let _ = read("a.odt", &odt);
    }
}
