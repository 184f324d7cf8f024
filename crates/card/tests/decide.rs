//! The admission decision: every reason in its order, and what a house may set.

use card::{
    CardCode, CardDay, CardId, CardSigner, ClockState, EntryRight, Exhibition, Flags, Gate, IssuerKey, KeyList,
    KeyRing, LastAdmission, Moment, Place, Policy, Reading, Reason, RecentUse, RightStatus, Scope, ScopeId, Scopes,
    ShortCode, Stale, Strictness, UnknownSigned, Verdict, decide, read,
};
use proptest::prelude::*;

/// 2026-11-21, a day inside the card's period.
const TODAY: u16 = 2_516;
const NOW_MS: i64 = 1_795_000_000_000;

/// One scan with everything in order; each test changes what it is about.
struct Scan {
    code: CardCode,
    key: IssuerKey,
    right: Option<EntryRight>,
    place: Place,
    policy: Policy,
    recent: RecentUse,
    moment: Moment,
}

impl Scan {
    /// A card that the local data knows.
    fn known() -> Self {
        let code = CardCode {
            card_id: CardId::new(5),
            scope: ScopeId::new(1),
            not_before: CardDay::new(TODAY - 10),
            not_after: CardDay::new(TODAY + 10),
            issue: 2,
            flags: Flags::NONE,
        };
        let right = EntryRight {
            card_id: code.card_id,
            scope: code.scope,
            not_before: code.not_before,
            not_after: code.not_after,
            issue: code.issue,
            flags: code.flags,
            status: RightStatus::Active,
            reentry_secs: 600,
            reentry_policy: Strictness::Attention,
            period_months: None,
            first_entry: None,
        };
        Self {
            code,
            key: IssuerKey::new(1, signer().public_key()),
            right: Some(right),
            place: Place { house: "museum".into(), exhibition: None },
            policy: Policy::default(),
            recent: RecentUse::default(),
            moment: Moment {
                now_ms: NOW_MS,
                today: CardDay::new(TODAY),
                clock: ClockState::Trusted,
                data_day: Some(CardDay::new(TODAY)),
                data_age_secs: Some(60),
            },
        }
    }

    /// A well-signed card that was issued after the last sync.
    fn unknown() -> Self {
        Self { right: None, ..Self::known() }
    }

    fn with_right(mut self, change: impl FnOnce(&mut EntryRight)) -> Self {
        change(self.right.as_mut().expect("a known card"));
        self
    }

    fn with(mut self, change: impl FnOnce(&mut Self)) -> Self {
        change(&mut self);
        self
    }

    fn admitted_ms_ago(mut self, ago_ms: i64) -> Self {
        self.recent.last = Some(LastAdmission { at_ms: self.moment.now_ms - ago_ms, reason: None });
        self.recent.first_day = Some(CardDay::new(TODAY));
        self
    }

    fn reading(&self) -> Reading {
        let list = KeyList { serial: 1, keys: vec![self.key.clone()] };
        let ring = KeyRing::new(&list).expect("a usable list");
        read(&signer().sign(&self.code), &ring).expect("a card of ours")
    }

    fn verdict(&self) -> Verdict {
        let scopes = scopes();
        let gate = Gate { place: &self.place, scopes: &scopes, policy: &self.policy };
        decide(&self.reading(), self.right.as_ref(), gate, &self.recent, &self.moment)
    }

    /// `admit`, or the reason with `!` before a refusal.
    fn answer(&self) -> String {
        match self.verdict() {
            Verdict::Admit(_) => "admit".into(),
            Verdict::Attention(_, reason) => reason.to_string(),
            Verdict::Refuse(reason) => format!("!{reason}"),
        }
    }
}

fn signer() -> CardSigner {
    CardSigner::new(1, &[0x42; 32])
}

fn scopes() -> Scopes {
    let exhibition = |key: &str, from: u16, until: u16| Exhibition {
        key: key.into(),
        house: "museum".into(),
        from: Some(CardDay::new(from).to_date()),
        until: Some(CardDay::new(until).to_date()),
    };
    let gold = vec![exhibition("gold", TODAY - 5, TODAY + 5)];
    [
        (ScopeId::new(1), Scope { houses: vec!["museum".into()], exhibitions: Vec::new() }),
        (ScopeId::new(2), Scope { houses: Vec::new(), exhibitions: gold }),
    ]
    .into_iter()
    .collect()
}

fn day(offset: i16) -> CardDay {
    CardDay::new(TODAY.saturating_add_signed(offset))
}

#[test]
fn a_card_in_order_is_admitted_known_or_not() {
    let known = Scan::known().verdict();
    let permit = known.permit().expect("admitted");
    assert_eq!(known, Verdict::Admit(permit.clone()));
    assert!(permit.known() && !permit.same_scan());
    assert_eq!((permit.card_id(), permit.admitted_count()), (CardId::new(5), 1));

    let unknown = Scan::unknown().verdict();
    assert!(!unknown.permit().expect("admitted").known());
    assert_eq!(unknown.as_str(), "admit");
}

#[test]
fn every_reason_has_its_case() {
    use RightStatus::{Blocked, NotCollected, Void};
    let single = Flags::NONE.with_single_entry();
    let cases = [
        ("!unknown_card", Scan::unknown().with(|s| s.policy.unknown_signed = UnknownSigned::Refuse)),
        ("!unknown_card", Scan::unknown().with(|s| s.key.revoked = true)),
        ("!unknown_card", Scan::unknown().with(|s| s.key.not_issued_before = day(1))),
        ("!unknown_card", Scan::unknown().with(|s| s.key.not_issued_after = Some(day(-1)))),
        ("admit", Scan::unknown().with(|s| s.key.not_issued_after = Some(day(0)))),
        ("admit", Scan::known().with(|s| s.key.revoked = true)),
        ("admit", Scan::known().with(|s| s.policy.unknown_signed = UnknownSigned::Refuse)),
        ("!blocked", Scan::known().with_right(|r| r.status = Blocked)),
        ("!replaced", Scan::known().with_right(|r| r.issue = 3)),
        ("!replaced", Scan::unknown().with(|s| s.recent.highest_issue = Some(3))),
        ("admit", Scan::known().with_right(|r| r.issue = 1)),
        ("!void", Scan::known().with_right(|r| r.status = Void)),
        ("!test_ticket", Scan::known().with_right(|r| r.flags = Flags::NONE.with_test())),
        ("!test_ticket", Scan::unknown().with(|s| s.code.flags = Flags::NONE.with_test())),
        ("!wrong_house", Scan::known().with(|s| s.place.house = "castle".into())),
        ("!wrong_house", Scan::known().with_right(|r| r.scope = ScopeId::new(9))),
        ("!wrong_exhibition", Scan::known().with_right(|r| r.scope = ScopeId::new(2))),
        ("!not_yet_valid", Scan::known().with_right(|r| r.not_before = day(1))),
        ("!not_yet_valid", Scan::unknown().with(|s| s.code.not_before = day(1))),
        ("admit", Scan::known().with_right(|r| r.not_before = day(0))),
        ("!expired", Scan::known().with_right(|r| r.not_after = day(-1))),
        ("!expired", Scan::unknown().with(|s| s.code.not_after = day(-1))),
        ("admit", Scan::known().with_right(|r| r.not_after = day(0))),
        ("!already_used", Scan::known().with_right(|r| r.flags = single).admitted_ms_ago(3_001)),
        (
            "!already_used",
            Scan::known().with_right(|r| {
                r.flags = single;
                r.first_entry = Some(day(0));
            }),
        ),
        ("re_entry", Scan::known().admitted_ms_ago(3_001)),
        ("re_entry", Scan::known().admitted_ms_ago(599_999)),
        ("admit", Scan::known().admitted_ms_ago(600_000)),
        ("re_entry", Scan::unknown().admitted_ms_ago(599_999)),
        ("!re_entry", Scan::known().with_right(|r| r.reentry_policy = Strictness::Refuse).admitted_ms_ago(9_000)),
        ("not_yet_collected", Scan::known().with_right(|r| r.status = NotCollected)),
        (
            "!not_yet_collected",
            Scan::known()
                .with_right(|r| r.status = NotCollected)
                .with(|s| s.policy.not_yet_collected = Strictness::Refuse),
        ),
        ("check_proof", Scan::known().with_right(|r| r.flags = Flags::NONE.with_check_proof())),
        (
            "stale_data",
            Scan::known().with(|s| {
                s.moment.data_age_secs = None;
                s.policy.stale = Stale::Attention;
            }),
        ),
        ("clock_unsure", Scan::known().with(|s| s.moment.clock = ClockState::Unsure)),
        ("!clock_unsure", Scan::known().with_right(|r| r.flags = single).with(|s| s.moment.clock = ClockState::Unsure)),
        (
            "!clock_unsure",
            Scan::known().with(|s| {
                s.moment.clock = ClockState::Unsure;
                s.policy.clock_unsure = Strictness::Refuse;
            }),
        ),
    ];
    for (index, (expected, scan)) in cases.iter().enumerate() {
        assert_eq!(&scan.answer(), expected, "case {index}");
    }
    // Reading a code gives the four reasons before these; `vectors.rs` has their cases. Of its journal only the gate itself knows.
    for reason in Reason::ALL[4..].iter().filter(|reason| **reason != Reason::JournalBroken) {
        let has_case = cases.iter().any(|(expected, _)| expected.trim_start_matches('!') == reason.as_str());
        assert!(has_case, "{reason} has no case");
    }
}

#[test]
fn the_first_reason_in_the_order_is_said_and_any_refusal_beats_attention() {
    let mut scan = Scan::known()
        .with_right(|right| {
            right.status = RightStatus::Blocked;
            right.issue = 3;
            right.scope = ScopeId::new(9);
            right.not_after = day(-1);
            right.flags = Flags::NONE.with_single_entry().with_check_proof().with_test();
        })
        .admitted_ms_ago(10_000);
    assert_eq!(scan.answer(), "!blocked");
    scan = scan.with_right(|right| right.status = RightStatus::Void);
    assert_eq!(scan.answer(), "!replaced");
    scan = scan.with_right(|right| right.issue = 2);
    assert_eq!(scan.answer(), "!void");
    scan = scan.with_right(|right| right.status = RightStatus::NotCollected);
    assert_eq!(scan.answer(), "!test_ticket");
    scan = scan.with_right(|right| right.flags = Flags::NONE.with_single_entry().with_check_proof());
    assert_eq!(scan.answer(), "!wrong_house");
    scan = scan.with_right(|right| right.scope = ScopeId::new(1));
    assert_eq!(scan.answer(), "!expired");
    scan = scan.with_right(|right| right.not_after = day(0));
    assert_eq!(scan.answer(), "!already_used");
    scan = scan.with_right(|right| right.flags = Flags::NONE.with_check_proof());
    assert_eq!(scan.answer(), "re_entry");
    scan = scan.with(|scan| scan.policy.not_yet_collected = Strictness::Refuse);
    assert_eq!(scan.answer(), "!not_yet_collected", "a later refusal beats an earlier attention");
    scan.policy.not_yet_collected = Strictness::Attention;
    scan.recent = RecentUse::default();
    assert_eq!(scan.answer(), "not_yet_collected");
    scan = scan.with_right(|right| right.status = RightStatus::Active);
    assert_eq!(scan.answer(), "check_proof");
}

#[test]
fn a_second_reading_within_three_seconds_is_the_same_scan() {
    for ago_ms in [0, 3_000] {
        for flags in [Flags::NONE, Flags::NONE.with_single_entry()] {
            let scan = Scan::known().with_right(|right| right.flags = flags).admitted_ms_ago(ago_ms);
            let verdict = scan.verdict();
            assert_eq!(verdict.as_str(), "admit");
            let permit = verdict.permit().expect("admitted");
            assert!(permit.same_scan());
            assert_eq!(permit.admitted_count(), 0);
        }
    }
    let blocked_since = Scan::known().with_right(|right| right.status = RightStatus::Blocked).admitted_ms_ago(1_000);
    assert_eq!(blocked_since.answer(), "!blocked");

    let reading_again = Scan::known().admitted_ms_ago(1_000).with(|scan| {
        scan.recent.last.as_mut().expect("admitted").reason = Some(Reason::ReEntry);
    });
    assert_eq!(reading_again.answer(), "re_entry", "the screen keeps what it says");
}

#[test]
fn a_clock_set_back_makes_no_scan_the_same_scan() {
    assert_eq!(Scan::known().admitted_ms_ago(-60_000).answer(), "re_entry");
}

#[test]
fn an_exhibition_opens_its_own_gate_while_it_runs() {
    let at = |exhibition: Option<&str>, today: i16| {
        Scan::known()
            .with_right(|right| right.scope = ScopeId::new(2))
            .with(|scan| {
                scan.place.exhibition = exhibition.map(Into::into);
                scan.moment.today = day(today);
            })
            .answer()
    };
    assert_eq!(at(Some("gold"), 0), "admit");
    assert_eq!(at(Some("gold"), -6), "!not_yet_valid");
    assert_eq!(at(Some("gold"), 6), "!expired");
    assert_eq!(at(Some("silver"), 0), "!wrong_exhibition");
    assert_eq!(at(None, 0), "!wrong_exhibition");
}

#[test]
fn a_period_that_began_with_the_first_entry_ends_after_its_months() {
    let scan = |first: Option<i16>, today: i16| {
        Scan::known()
            .with_right(|right| {
                right.flags = Flags::NONE.with_valid_from_first_entry();
                right.period_months = Some(1);
                right.first_entry = first.map(day);
            })
            .with(|scan| scan.moment.today = day(today))
    };
    assert_eq!(scan(None, 10).answer(), "admit", "the last day for the first entry");
    assert_eq!(scan(None, 11).answer(), "!expired");
    assert_eq!(scan(Some(0), 29).answer(), "admit", "2026-12-20");
    assert_eq!(scan(Some(0), 30).answer(), "!expired", "2026-12-21");
    let earlier_here = scan(Some(0), 29).with(|scan| scan.recent.first_day = Some(day(-1)));
    assert_eq!(earlier_here.answer(), "!expired", "the earlier of two first entries counts");
    assert_eq!(
        scan(Some(0), 0).verdict().permit().map(|permit| permit.valid_until().to_string()),
        Some("2026-12-20".into())
    );
}

#[test]
fn the_row_alone_counts_for_a_known_card() {
    let renewed = Scan::known().with(|scan| scan.code.not_after = day(-1));
    assert_eq!(renewed.answer(), "admit", "a renewal needs no new plastic");
    let marked = Scan::known().with(|scan| scan.code.flags = Flags::NONE.with_check_proof());
    assert_eq!(marked.answer(), "admit");
    let of_another_card = Scan::known()
        .with_right(|right| {
            right.card_id = CardId::new(6);
            right.status = RightStatus::Blocked;
        })
        .verdict();
    assert!(!of_another_card.permit().expect("admitted by its signed dates").known());
}

#[test]
fn companions_are_counted_with_the_holder() {
    let count = |flags: Flags| {
        let verdict = Scan::known().with_right(|right| right.flags = flags).verdict();
        verdict.permit().expect("admitted").admitted_count()
    };
    assert_eq!(count(Flags::NONE.with_companions(3)), 4);
    assert_eq!(count(Flags::NONE), 1);
}

#[test]
fn a_short_code_opens_only_where_it_is_known() {
    let scopes = scopes();
    let scan = Scan::known();
    let gate = Gate { place: &scan.place, scopes: &scopes, policy: &scan.policy };
    let reading = read(ShortCode::from_random([1; 16]).text(), &KeyRing::default()).expect("a code");
    let known = decide(&reading, scan.right.as_ref(), gate, &scan.recent, &scan.moment);
    assert_eq!(known.as_str(), "admit");
    let unknown = decide(&reading, None, gate, &scan.recent, &scan.moment);
    assert_eq!(unknown, Verdict::Refuse(Reason::UnknownCard));
}

proptest! {
    #[test]
    fn no_combination_panics_and_no_permit_comes_with_a_refusal(
        (scope, before, after, issue, flags) in any::<(u16, u16, u16, u8, u8)>(),
        (status, reentry_secs, months, first) in any::<(u8, u32, Option<u16>, Option<u16>)>(),
        (now_ms, today, last, highest) in any::<(i64, u16, Option<i64>, Option<u8>)>(),
    ) {
        let scan = Scan::known()
            .with_right(|right| {
                right.scope = ScopeId::new(scope % 3);
                right.not_before = CardDay::new(before);
                right.not_after = CardDay::new(after);
                right.issue = issue;
                right.flags = Flags::from_bits(flags & 0x7f).expect("bit 7 is clear");
                right.status = [
                    RightStatus::Active,
                    RightStatus::NotCollected,
                    RightStatus::Blocked,
                    RightStatus::Void,
                ][usize::from(status % 4)];
                right.reentry_secs = reentry_secs;
                right.period_months = months;
                right.first_entry = first.map(CardDay::new);
            })
            .with(|scan| {
                scan.moment.now_ms = now_ms;
                scan.moment.today = CardDay::new(today);
                scan.recent.last = last.map(|at_ms| LastAdmission { at_ms, reason: None });
                scan.recent.highest_issue = highest;
            });
        let verdict = scan.verdict();
        let right = scan.right.expect("known");
        let shut = matches!(right.status, RightStatus::Blocked | RightStatus::Void);
        if shut || right.not_before > scan.moment.today {
            prop_assert!(verdict.permit().is_none());
        }
        prop_assert_eq!(verdict.permit().is_none(), matches!(verdict, Verdict::Refuse(_)));
    }
}
