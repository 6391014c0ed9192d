//! Events of both sources, and of neither, through one type.
#![allow(clippy::unwrap_used, clippy::panic)]

use own_events::{Detail, Event, house, told};
use serde_json::{Value, json};

fn read(event: &Value) -> Event {
    let read = serde_json::from_value(event.clone()).unwrap();
    assert_eq!(serde_json::to_value(&read).unwrap(), *event);
    read
}

fn event(source: &str, detail_type: &str, detail: Value) -> Value {
    json!({"source": source, "detail-type": detail_type, "detail": detail})
}

#[test]
fn own_events_are_typed() {
    let opened =
        json!({"door": "CELLAR", "openedAt": 1_592_411_992_203_i64, "key": null, "knocks": 3});
    let event = read(&event("my.house", "Door Opened", opened));
    let Detail::House(house::Detail::DoorOpened(opened)) = &event.detail else {
        panic!("{event:?}");
    };
    assert_eq!(opened.door, "CELLAR");
    assert!(!opened.door.is_known());
    assert_eq!(opened.by, None);
    assert_eq!(
        opened.opened_at.as_ref().unwrap().to_string(),
        "2020-06-17T16:39:52.203Z"
    );
    assert_eq!(told(&event), "somebody opened the door CELLAR");
}

#[test]
fn own_parts_have_names() {
    let measured = json!({"room": "hall", "celsius": 19.0, "sensor": {"batteryPercent": 80}});
    let event = read(&event("my.house", "Temperature Measured", measured));
    let Detail::House(house::Detail::TemperatureMeasured(measured)) = &event.detail else {
        panic!("{event:?}");
    };
    let sensor: &house::temperature_measured::Sensor = measured.sensor.as_ref().unwrap();
    assert_eq!(sensor.battery_percent, Some(80));
    assert_eq!(told(&event), "it is 19.0 degrees in the hall");
}

#[test]
fn sagemakers_events_are_typed_beside_them() {
    let job = json!({
        "TrainingJobName": "forecast", "TrainingJobArn": "arn", "TrainingJobStatus": "Failed"
    });
    let detail_type = "SageMaker Training Job State Change";
    let event = read(&event("aws.sagemaker", detail_type, job));
    assert_eq!(told(&event), "training job forecast: Failed");
}

#[test]
fn what_nobody_knows_is_told() {
    let events = [
        (
            "my.house",
            "Window Broken",
            json!({"window": 3}),
            "the detail-type is not known",
        ),
        (
            "my.garden",
            "Door Shut",
            json!([]),
            "the detail-type is not known",
        ),
        (
            "my.house",
            "Door Opened",
            json!("front"),
            "the detail does not fit its type: ",
        ),
        (
            "aws.sagemaker",
            "SageMaker Model State Change",
            json!({}),
            "nobody asked for it",
        ),
    ];
    for (source, detail_type, detail, why) in events {
        let event = read(&event(source, detail_type, detail));
        let told = told(&event);
        assert!(
            told.starts_with(&format!("{detail_type} from {source}: {why}")),
            "{told}"
        );
    }
}
