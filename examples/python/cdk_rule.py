"""A rule for CDK: what is misspelt in its pattern is an error before it is deployed."""

from sagemaker_events import patterns

FAILURES = patterns.training_job_state_change(
    {
        "TrainingJobStatus": ["Failed", "Stopped"],
        "TrainingJobName": [{"prefix": "prod-"}],
    }
)


def template() -> dict[str, object]:
    """The stack's template. In an app of yours it is the rule alone."""
    from aws_cdk import App, Stack, aws_events
    from aws_cdk.assertions import Template

    stack = Stack(App(), "Training")
    aws_events.Rule(
        stack,
        "Failures",
        event_pattern=aws_events.EventPattern(**FAILURES.to_cdk()),
    )
    found: dict[str, object] = dict(Template.from_stack(stack).to_json())
    return found


if __name__ == "__main__":
    import json

    print(json.dumps(template(), indent=2))
