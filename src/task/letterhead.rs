//! What the office's own paper may print and only the office sheet says: address, phone, e-mail.

use crate::document::Document;
use crate::document::letterhead::Field;
use crate::office::Office;

/// Adds the sheet's values to those that the draft states, which count first.
pub fn complete(document: &mut Document, office: &Office) {
    let body = &office.organisme;
    let commune = body.nature.as_deref() == Some("commune");
    let sender = body
        .nom
        .as_ref()
        .map(|name| if commune { format!("Mairie de {name}") } else { name.clone() });
    let town = match (&body.code_postal, &body.nom) {
        (Some(code), Some(name)) if commune => Some(format!("{code} {name}")),
        (Some(code), _) => Some(code.clone()),
        (None, _) => None,
    };
    let address: Vec<String> = body.adresse.iter().cloned().chain(town).collect();
    let known = [
        (Field::Sender, sender),
        (Field::Address, (!address.is_empty()).then(|| address.join(", "))),
        (Field::Phone, body.telephone.clone()),
        (Field::Email, body.courriel.clone()),
        (Field::Place, office.courrier.lieu.clone().or_else(|| body.nom.clone())),
        (Field::SignatoryName, office.courrier.signataire.clone()),
        (Field::SignatoryTitle, office.courrier.fonction_signataire.clone()),
    ];
    for (field, value) in known {
        if let Some(value) = value {
            document.fields.entry(field).or_insert(value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_draft_counts_first() {
        let mut office = Office::default();
        office.organisme.nom = Some("Valbrune".into());
        office.organisme.nature = Some("commune".into());
        office.organisme.code_postal = Some("00250".into());
        office.organisme.adresse = Some("1 place du Lavoir".into());
        let mut document = Document::new("PV");
        document.fields.insert(Field::Sender, "Comité des fêtes".into());
        complete(&mut document, &office);
        assert_eq!(document.fields[&Field::Sender], "Comité des fêtes");
        assert_eq!(document.fields[&Field::Address], "1 place du Lavoir, 00250 Valbrune");
        assert!(!document.fields.contains_key(&Field::Phone));
    }
}
