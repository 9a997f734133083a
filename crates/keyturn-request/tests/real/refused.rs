//! What cannot be one saved request is refused with a sentence, before anything is made of it.

use keyturn_request::curl::import;

#[test]
fn what_is_not_one_request_is_refused_with_a_sentence() {
    for (command, sentence) in [
        ("wget https://a.example", "this is no curl command"),
        ("curl -s", "the command has no address"),
        ("curl https://a.example https://b.example", "several addresses"),
        ("curl https://a.example --next https://b.example", "--next"),
        ("curl 'https://a.example/{a,b}'", "{…} in the address"),
        ("curl 'https://a.example/[1-10]'", "[…] in the address"),
        ("curl -K options.txt https://a.example", "reads options from a file"),
        ("curl -d \"$(cat body.json)\" https://a.example", "runs another one within it"),
        ("curl -H \"Authorization: Bearer `gcloud token`\" https://a.example", "runs another one"),
        ("curl -d @- https://a.example", "standard input"),
        ("curl -T - https://a.example", "standard input"),
        ("curl -F 'f=@-' https://a.example", "standard input"),
        ("curl -d a=b -d @body.json https://a.example", "joins its body from a file"),
        ("curl --data-urlencode 'a@body.json' https://a.example", "joins its body from a file"),
        ("curl -d a=b -F c=d https://a.example", "--data and --form"),
        ("curl -I -d a=b https://a.example", "--head and --data"),
        ("curl -F 'f=@a.txt,b.txt' https://a.example", "several files under one name"),
        ("curl -F 'a=(;type=multipart/mixed' https://a.example", "parts within parts"),
        ("curl ftp://a.example/file", "not one of http or https"),
        ("curl 'https://a b/'", "address cannot be read"),
        ("curl https://a.example -H", "where the value of --header belongs"),
        ("curl https://a.example --frobnicate", "curl has no option --frobnicate"),
    ] {
        let error = import(command).expect_err(command).to_string();
        assert!(error.contains(sentence), "{command}: {error}");
    }
}

#[test]
fn no_refusal_repeats_a_value() {
    for command in [
        "curl --canary=canary https://a.example",
        "curl 'https://canary canary/'",
        "curl -H 'canary' -d @- https://canary.example",
        "curl -F canary https://a.example",
        "curl canary://canary",
    ] {
        let error = import(command).expect_err(command);
        let said = format!("{error} {error:?}").replace("--canary", "");
        assert!(!said.contains("canary"), "{said}");
    }
}
