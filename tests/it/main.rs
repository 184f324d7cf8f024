//! Integration tests: one program, a file per capability, and a file per promise of the frame. They speak to a real server over HTTP.

#[macro_use]
mod support;

mod accounts;
mod architecture;
mod audiences;
#[cfg(feature = "browser-tests")]
mod browser;
mod campaign_stories;
mod cards_life;
mod cards_personalization;
mod cards_photos;
mod catalog;
mod code_files;
mod crash;
mod customers;
mod databases;
mod day_ends;
mod dispatch_boxes;
mod dispatch_households;
mod dispatch_list;
mod dispatch_lists;
mod dispatch_mails;
mod dispatch_property;
mod dispatch_steps;
mod documents;
mod entry;
mod events;
mod forgetting;
mod gate;
mod gate_crowd;
mod gate_equal;
mod gate_life;
mod gate_trust;
mod idempotency;
mod invoices;
mod limits;
mod logs;
mod long_runs;
mod mails;
#[cfg(feature = "external-tools")]
mod mails_smtp;
mod one_ticket;
mod openapi;
mod pages_admin;
mod pages_campaigns;
mod pages_entry;
mod pages_frame;
mod pages_holder;
mod pages_languages;
mod pages_mailroom;
mod pages_passwords;
mod pages_personalization;
mod pages_print;
mod pages_routes;
mod pages_sales;
#[cfg(feature = "external-tools")]
mod pages_sales_tools;
mod pages_shell;
mod pages_speed;
mod partners;
mod phone_orders;
mod photo_review;
mod placing;
#[cfg(feature = "external-tools")]
mod printers;
mod production_files;
mod production_layouts;
mod production_runs;
#[cfg(feature = "external-tools")]
mod production_tools;
mod promotions;
mod receipts;
mod refunds;
mod refused_input;
mod reports;
mod reports_sums;
mod sale_rules;
mod sales_orders;
mod sales_quotes;
mod sales_vouchers;
mod strangers;
mod trial_orders;
mod validity_calendar;
mod ways_and_partners;
