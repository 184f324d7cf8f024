//! Many gates at one server.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use testkit::Server;

#[test]
fn a_server_may_hold_as_many_connections_as_its_system_allows() {
    let data = tempfile::tempdir().expect("a folder");
    // The program as a system starts it that is sparing at first.
    let sparing = data.path().join("sparing");
    let program = env!("CARGO_BIN_EXE_passepartout");
    fs::write(&sparing, format!("#!/bin/sh\nulimit -S -n 200\nexec '{program}' \"$@\"\n")).expect("written");
    fs::set_permissions(&sparing, fs::Permissions::from_mode(0o700)).expect("a program");
    let server = Server::start(&sparing, data.path(), None).expect("a server");
    let limits = fs::read_to_string(format!("/proc/{}/limits", server.pid())).expect("limits");
    let line = limits.lines().find_map(|line| line.strip_prefix("Max open files")).expect("a limit");
    let (now, most) = {
        let mut words = line.split_whitespace();
        (words.next().expect("a limit"), words.next().expect("a limit"))
    };
    assert_ne!(most, "200");
    assert_eq!(now, most);
    server.stop().expect("stopped");
}
