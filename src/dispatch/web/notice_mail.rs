//! The mails that tell holders what happened to their cards.

use super::list::why;
use super::view::grouped;
use crate::app::SharedApp;
use crate::catalog::{self, House};
use crate::dispatch::store::notices::{self, Told};
use crate::dispatch::tell_holder::Notice;
use crate::dispatch::waiting_times::{PICKUP_DAYS, days_after};
use crate::kernel::period::local_day;
use crate::mail::{Letter, Mail, Part};
use crate::production::web::view::Names;
use crate::web::pages::Words;
use crate::web::pages::mails::{greeting, words_of};
use anyhow::Context;
use chrono_tz::Tz;

/// Writes what a mail tells. Nothing when all of its steps were undone, or something else happened to the cards since.
///
/// # Errors
/// When the database refuses.
pub async fn write(app: SharedApp, mail: Mail) -> anyhow::Result<Option<Letter>> {
    let notice = Notice::of(&mail.kind).context("this is no notice about cards")?;
    let mut conn = app.db.snapshot().await?;
    let told = notices::told(&mut conn, mail.id, notice.state().as_str()).await?;
    if told.is_empty() {
        return Ok(None);
    }
    let words = words_of(&app, &mail.language);
    let names = Names::read(&mut conn, words).await?;
    let houses = catalog::store::houses(&mut conn).await?;
    let start = format!("mail-{}", notice.kind().replace(['.', '_'], "-"));
    let museum = app.config.museum.name.as_str();
    let count = told.len();
    let letter = Letter::about(words.t2(&format!("{start}-subject"), ("count", count), ("museum", museum)))
        .text(greeting(words, &mail.name))
        .text(words.t1(&format!("{start}-text"), "count", count));
    let base = app.config.server.base_url.trim_end_matches('/');
    let writer = Writer { notice, words, names: &names, houses: &houses, base, zone: app.config.museum.zone() };
    let letter = writer.places(letter, &told);
    let letter = told.iter().fold(letter, |letter, step| letter.with(writer.item(step)));
    let letter = if notice == Notice::CameBack { letter.text(words.t("mail-card-came-back-mend")) } else { letter };
    Ok(Some(letter.with(Part::Small(words.t1("mail-order-why", "museum", museum)))))
}

struct Writer<'a> {
    notice: Notice,
    words: Words,
    names: &'a Names,
    houses: &'a [House],
    base: &'a str,
    zone: Tz,
}

impl Writer<'_> {
    /// Where the cards lie, each house once: address, hours, what is to be said there, and until when.
    fn places(&self, mut letter: Letter, told: &[Told]) -> Letter {
        if self.notice.state() != Notice::LiesReady.state() {
            return letter;
        }
        let mut seen = Vec::new();
        for step in told {
            let place = (step.house.as_ref(), step.pickup_code.as_deref());
            if seen.contains(&place) {
                continue;
            }
            seen.push(place);
            let Some(house) = self.houses.iter().find(|house| Some(&house.key) == step.house.as_ref()) else {
                continue;
            };
            letter = letter.with(Part::Heading(house.name.clone()));
            if let Some(address) = &house.address {
                letter = letter.text(format!("{}, {}", address.lines.join(", "), address.town_lines().join(", ")));
            }
            if let Some(hours) = &house.pickup_hours {
                letter = letter.text(self.words.t1("mail-pickup-hours", "hours", hours.as_str()));
            }
            if let Some(code) = &step.pickup_code {
                letter = letter.text(self.words.t1("mail-pickup-code", "code", code.as_str()));
            }
            let until = local_day(days_after(step.at, PICKUP_DAYS), self.zone);
            letter = letter.text(self.words.t1("mail-pickup-until", "day", self.words.date(until)));
        }
        letter
    }

    /// A card, with what happened to it alone and the link to its holder's page.
    fn item(&self, step: &Told) -> Part {
        let mut facts = vec![self.names.product(&step.product), grouped(&step.number)];
        match self.notice {
            Notice::Posted => {
                facts.extend(step.carrier.clone());
                facts.extend(step.tracking.clone());
            }
            Notice::HandedOver => {
                let by = |by: &String| self.words.t1("mail-fetched-by", "name", by.as_str());
                facts.extend(step.picked_up_by.as_ref().map(by));
            }
            Notice::CameBack => facts.extend(step.reason.as_ref().map(|reason| why(reason, self.words))),
            Notice::LiesReady | Notice::Reminder | Notice::Overdue => {}
        }
        Part::Item {
            name: step.holder.clone(),
            detail: facts.join(" · "),
            url: Some(format!("{}/p/{}", self.base, step.link_token)),
        }
    }
}
