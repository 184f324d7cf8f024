//! How a gate is, in words for whoever stands before it.

use std::sync::atomic::Ordering;

use card::ClockState;
use serde::{Deserialize, Serialize};

use super::{Agent, data_age_secs, lock};

/// How a gate is. Of several that apply, the first one here is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GateState {
    /// It belongs to no server yet.
    Unpaired,
    /// The server took it out of its gates.
    Revoked,
    /// It cannot write down whom it admits.
    JournalBroken,
    /// A reader that is set up is not there.
    ReaderMissing,
    /// Nobody can tell it the time.
    ClockUnsure,
    /// Without the server for longer than the house allows.
    OfflineTooLong,
    /// The server is there, and yet the data is older than the house allows.
    Stale,
    /// Without the server, on data that is fresh enough.
    Offline,
    /// In step with the server.
    Online,
}

/// The language of what a gate says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// English.
    #[default]
    En,
    /// German.
    De,
    /// French.
    Fr,
}

impl Agent {
    /// How the gate is now.
    pub fn state(&self) -> GateState {
        let now = self.now();
        let is_online = self.online.load(Ordering::Relaxed);
        let age_secs = data_age_secs(&now, lock(&self.progress).as_ref());
        let is_stale = self.beliefs().settings.policy.is_stale(age_secs);
        if self.revoked.load(Ordering::Relaxed) {
            GateState::Revoked
        } else if lock(&self.desk).is_journal_broken() {
            GateState::JournalBroken
        } else if !lock(&self.missing).is_empty() {
            GateState::ReaderMissing
        } else if now.state == ClockState::Unsure {
            GateState::ClockUnsure
        } else {
            match (is_online, is_stale) {
                (false, true) => GateState::OfflineTooLong,
                (true, true) => GateState::Stale,
                (false, false) => GateState::Offline,
                (true, false) => GateState::Online,
            }
        }
    }

    /// A reader was found, or lost.
    pub fn note_reader(&self, name: &str, is_there: bool) {
        let mut missing = lock(&self.missing);
        if is_there {
            missing.remove(name);
        } else {
            missing.insert(name.to_owned());
        }
    }
}

impl GateState {
    /// All states.
    pub const ALL: [Self; 9] = [
        Self::Unpaired,
        Self::Revoked,
        Self::JournalBroken,
        Self::ReaderMissing,
        Self::ClockUnsure,
        Self::OfflineTooLong,
        Self::Stale,
        Self::Offline,
        Self::Online,
    ];

    /// The word in logs.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unpaired => "unpaired",
            Self::Revoked => "revoked",
            Self::JournalBroken => "journal_broken",
            Self::ReaderMissing => "reader_missing",
            Self::ClockUnsure => "clock_unsure",
            Self::OfflineTooLong => "offline_too_long",
            Self::Stale => "stale",
            Self::Offline => "offline",
            Self::Online => "online",
        }
    }

    /// Whether somebody should come and look.
    pub const fn needs_help(self) -> bool {
        !matches!(self, Self::Offline | Self::Online)
    }

    /// What is so, and what to do.
    pub const fn words(self, language: Language) -> (&'static str, &'static str) {
        match language {
            Language::En => self.english(),
            Language::De => self.german(),
            Language::Fr => self.french(),
        }
    }

    const fn english(self) -> (&'static str, &'static str) {
        match self {
            Self::Unpaired => {
                ("This gate is not set up yet.", "An administrator pairs it with a code of eight digits.")
            }
            Self::Revoked => {
                ("This gate was withdrawn.", "Please use another entrance; an administrator can pair it again.")
            }
            Self::JournalBroken => {
                ("This gate cannot write down entries.", "Call technical help: its disk is full or broken.")
            }
            Self::ReaderMissing => ("A reader is missing.", "Plug the reader in; it is taken up by itself."),
            Self::ClockUnsure => ("The time is not sure.", "Connect the gate to the network, or set its clock."),
            Self::OfflineTooLong => {
                ("Without a connection for too long.", "Check cards with care, and have the network looked after.")
            }
            Self::Stale => ("The data is old.", "The server is there but sends nothing new: call technical help."),
            Self::Offline => ("Without a connection.", "Entry goes on. New blocks are not known yet."),
            Self::Online => ("Ready.", "Hold the card before the reader."),
        }
    }

    const fn german(self) -> (&'static str, &'static str) {
        match self {
            Self::Unpaired => (
                "Dieser Eingang ist noch nicht eingerichtet.",
                "Die Verwaltung koppelt ihn mit einem Code aus acht Ziffern.",
            ),
            Self::Revoked => (
                "Dieser Eingang wurde gesperrt.",
                "Bitte einen anderen Eingang benutzen; die Verwaltung kann ihn neu koppeln.",
            ),
            Self::JournalBroken => (
                "Dieser Eingang kann Eintritte nicht festhalten.",
                "Bitte die Technik rufen: Der Datenträger ist voll oder defekt.",
            ),
            Self::ReaderMissing => ("Ein Lesegerät fehlt.", "Bitte anstecken; es wird von selbst erkannt."),
            Self::ClockUnsure => ("Die Uhrzeit ist unsicher.", "Bitte mit dem Netz verbinden oder die Uhr stellen."),
            Self::OfflineTooLong => ("Zu lange ohne Verbindung.", "Karten genau ansehen und das Netz prüfen lassen."),
            Self::Stale => {
                ("Die Daten sind veraltet.", "Der Server ist da, schickt aber nichts Neues: bitte die Technik rufen.")
            }
            Self::Offline => ("Ohne Verbindung.", "Der Einlass läuft weiter. Neue Sperren sind noch nicht bekannt."),
            Self::Online => ("Bereit.", "Karte vor das Lesegerät halten."),
        }
    }

    const fn french(self) -> (&'static str, &'static str) {
        match self {
            Self::Unpaired => (
                "Cette entrée n’est pas encore configurée.",
                "L’administration l’associe avec un code de huit chiffres.",
            ),
            Self::Revoked => (
                "Cette entrée a été retirée.",
                "Utilisez une autre entrée ; l’administration peut l’associer à nouveau.",
            ),
            Self::JournalBroken => (
                "Cette entrée ne peut pas enregistrer les passages.",
                "Appelez la technique : le disque est plein ou défectueux.",
            ),
            Self::ReaderMissing => ("Un lecteur manque.", "Branchez le lecteur ; il est reconnu tout seul."),
            Self::ClockUnsure => ("L’heure n’est pas sûre.", "Reliez l’entrée au réseau ou réglez son horloge."),
            Self::OfflineTooLong => {
                ("Sans connexion depuis trop longtemps.", "Vérifiez bien les cartes et faites contrôler le réseau.")
            }
            Self::Stale => (
                "Les données sont anciennes.",
                "Le serveur répond mais n’envoie rien de nouveau : appelez la technique.",
            ),
            Self::Offline => ("Sans connexion.", "L’entrée continue. Les nouveaux blocages ne sont pas encore connus."),
            Self::Online => ("Prêt.", "Présentez la carte devant le lecteur."),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn each_state_has_words_of_its_own_in_each_language() {
        for language in [Language::En, Language::De, Language::Fr] {
            let said: BTreeSet<_> = GateState::ALL.into_iter().map(|state| state.words(language)).collect();
            assert_eq!(said.len(), GateState::ALL.len(), "{language:?}");
            assert!(said.iter().all(|(what, to_do)| what.len() > 5 && to_do.chars().count() < 90), "{said:?}");
        }
    }
}
