use super::*;
use crate::keys::samples::samples;

/// Whether an event source's filter lets a record through: the part of AWS's rules that [`Interest::patterns`] uses.
fn matches(pattern: &Value, record: &Value) -> bool {
    match pattern {
        Value::Object(fields) => fields.iter().all(|(name, below)| matches(below, &record[name])),
        Value::Array(any) => any.iter().any(|wanted| match wanted["prefix"].as_str() {
            Some(prefix) => record.as_str().is_some_and(|text| text.starts_with(prefix)),
            None => wanted == record,
        }),
        _ => panic!("a pattern that AWS would refuse: {pattern}"),
    }
}

#[test]
fn a_filter_lets_through_what_a_job_is_interested_in_and_nothing_else() {
    let interests = [
        Interest::in_new(&[Topic::INTENTS]),
        Interest::in_new(&[Topic::MAILS]),
        Interest::in_new(&[Topic::INTENTS, Topic::MAILS]),
        Interest::in_new(&[Topic::TRANSITIONS]).or_written(&[Topic::ALERTS, Topic::MAILS]),
    ];
    let mut covered = 0;
    for interest in interests {
        for sample in samples() {
            for how in [How::Created, How::Replaced, How::Deleted] {
                let record = json!({
                    "eventName": how.event_name(),
                    "dynamodb": {
                        "Keys": { "pk": { "S": sample.key.pk }, "sk": { "S": sample.key.sk } },
                        "SequenceNumber": "111",
                    },
                });
                let change = serde_json::from_value::<Record>(record.clone()).unwrap().change().unwrap();
                assert_eq!((change.how, &change.what), (how, &sample.what));
                let is_covered = interest.covers(&change);
                let passes = interest.patterns().iter().any(|pattern| matches(pattern, &record));
                assert_eq!(passes, is_covered, "{how:?} {}", sample.spelled_by);
                covered += usize::from(is_covered);
            }
        }
    }
    assert_eq!(covered, 1 + 1 + 2 + 5);
}

#[test]
fn sequences_are_numbers_however_long() {
    let read = |text| Sequence::parse(text).unwrap();
    // Forty digits, one more than any u128 has.
    let long = "9".repeat(40);
    assert!(read("9") < read("10") && read("10") < read(&long) && read("00012") == 12_u64.into());
    assert_eq!((read(&long).to_string(), read("000").to_string()), (long, "0".to_owned()));
    for text in ["", "-1", "1a", " 1", "1.0"] {
        assert_eq!(Sequence::parse(text), None, "{text}");
    }
}

#[test]
fn a_record_that_tells_of_nothing_says_why() {
    let record = |name: &str, sk: &str, number: &str| {
        let keys = json!({ "pk": { "S": "PLATFORM" }, "sk": { "S": sk } });
        json!({ "eventName": name, "dynamodb": { "Keys": keys, "SequenceNumber": number } })
    };
    for (record, why) in [
        (record("UPSERT", "SETUP", "1"), "lacks its event name"),
        (record("INSERT", "SETUP", "first"), "lacks its sequence number"),
        (record("INSERT", "SOMETHING#1", "1"), "key that this version does not know was written: PLATFORM SOMETHING#1"),
        (json!({ "eventName": "INSERT", "dynamodb": { "Keys": {}, "SequenceNumber": "1" } }), "lacks its keys"),
    ] {
        let error = serde_json::from_value::<Record>(record).unwrap().change().unwrap_err().to_string();
        assert!(error.ends_with(why), "{error}");
    }
}
