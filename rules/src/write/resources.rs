//! A plan comes in; the resources of a CloudFormation template go out, as trees with its functions in them: the rule, a
//! queue for what cannot be delivered, and what allows the rule to start its target, and no more.

use super::{Plan, Target};
use eventbridge_catalog::json::{Node, Value};

/// A parameter of the template.
pub(super) struct Parameter {
    pub(super) name: &'static str,
    pub(super) description: &'static str,
}

/// A resource: what it is called, its type, its properties.
pub(super) type Resource = (&'static str, &'static str, Node);

pub(super) fn text(text: impl Into<String>) -> Node {
    Node::string(text)
}

pub(super) fn number(number: usize) -> Node {
    Node::new(Value::Number(number.to_string()))
}

fn list(items: impl IntoIterator<Item = Node>) -> Node {
    Node::array(items)
}

fn object<const N: usize>(members: [(&str, Node); N]) -> Node {
    Node::object(members)
}

fn get(resource: &str, attribute: &str) -> Node {
    object([("Fn::GetAtt", list([text(resource), text(attribute)]))])
}

fn reference(name: &str) -> Node {
    object([("Ref", text(name))])
}

fn sub(template: &str) -> Node {
    object([("Fn::Sub", text(template))])
}

/// What the template has to be told.
pub(super) fn parameters(target: Target) -> Vec<Parameter> {
    let one = |name, description| vec![Parameter { name, description }];
    match target {
        Target::Lambda => one("FunctionArn", "The ARN of the function to start"),
        Target::Kinesis => one("StreamArn", "The ARN of the data stream to write to"),
        Target::StepFunctions => one("StateMachineArn", "The ARN of the state machine to start"),
        Target::RunCommand => one(
            "InstanceName",
            "The tag Name of the instances to run the command on",
        ),
        Target::Sns | Target::Sqs => Vec::new(),
    }
}

/// All resources, in the order they are written.
pub(super) fn resources(plan: &Plan) -> Vec<Resource> {
    let mut resources = vec![("Rule", "AWS::Events::Rule", rule(plan))];
    resources.extend(dead_letters());
    match plan.target {
        Target::Lambda => resources.push(permission()),
        Target::Kinesis => resources.push(role(vec![statement(
            "kinesis:PutRecord",
            reference("StreamArn"),
        )])),
        Target::StepFunctions => resources.push(role(vec![statement(
            "states:StartExecution",
            reference("StateMachineArn"),
        )])),
        Target::RunCommand => resources.push(role(run_command())),
        Target::Sns => resources.extend(topic()),
        Target::Sqs => resources.extend(queue()),
    }
    resources
}

/// The queue of what cannot be delivered.
fn dead_letters() -> [Resource; 2] {
    let properties = object([
        ("MessageRetentionPeriod", number(1_209_600)),
        ("SqsManagedSseEnabled", Node::from(true)),
    ]);
    let policy = queue_policy("DeadLetters");
    [
        ("DeadLetters", "AWS::SQS::Queue", properties),
        ("DeadLettersPolicy", "AWS::SQS::QueuePolicy", policy),
    ]
}

fn permission() -> Resource {
    let properties = object([
        ("Action", text("lambda:InvokeFunction")),
        ("FunctionName", reference("FunctionArn")),
        ("Principal", text("events.amazonaws.com")),
        ("SourceArn", get("Rule", "Arn")),
    ]);
    ("Permission", "AWS::Lambda::Permission", properties)
}

fn topic() -> [Resource; 2] {
    let allowed = document(vec![from_rule("sns:Publish", reference("Topic"))]);
    let policy = object([
        ("Topics", list([reference("Topic")])),
        ("PolicyDocument", allowed),
    ]);
    [
        ("Topic", "AWS::SNS::Topic", Node::object::<String>([])),
        ("TopicPolicy", "AWS::SNS::TopicPolicy", policy),
    ]
}

fn queue() -> [Resource; 2] {
    let properties = object([("SqsManagedSseEnabled", Node::from(true))]);
    let policy = queue_policy("Queue");
    [
        ("Queue", "AWS::SQS::Queue", properties),
        ("QueuePolicy", "AWS::SQS::QueuePolicy", policy),
    ]
}

fn rule(plan: &Plan) -> Node {
    object([
        ("Description", text(plan.description.clone())),
        ("EventPattern", plan.pattern.clone()),
        ("State", text("ENABLED")),
        ("Targets", list([target(plan)])),
    ])
}

fn target(plan: &Plan) -> Node {
    let mut members = vec![("Id", text("Target")), ("Arn", arn(plan.target))];
    if matches!(
        plan.target,
        Target::Kinesis | Target::StepFunctions | Target::RunCommand
    ) {
        members.push(("RoleArn", get("Role", "Arn")));
    }
    members.extend(own_parameters(plan.target));
    let retry = object([
        ("MaximumEventAgeInSeconds", number(3_600)),
        ("MaximumRetryAttempts", number(24)),
    ]);
    let dead_letters = object([("Arn", get("DeadLetters", "Arn"))]);
    members.extend([
        ("InputTransformer", transformer(plan)),
        ("DeadLetterConfig", dead_letters),
        ("RetryPolicy", retry),
    ]);
    Node::object(members)
}

fn arn(target: Target) -> Node {
    match target {
        Target::Lambda => reference("FunctionArn"),
        Target::Kinesis => reference("StreamArn"),
        Target::StepFunctions => reference("StateMachineArn"),
        Target::RunCommand => {
            sub("arn:${AWS::Partition}:ssm:${AWS::Region}::document/AWS-RunShellScript")
        }
        Target::Sns => reference("Topic"),
        Target::Sqs => get("Queue", "Arn"),
    }
}

/// What a target of some kinds has to be told beside its input.
fn own_parameters(target: Target) -> Option<(&'static str, Node)> {
    match target {
        Target::Kinesis => {
            let key = object([("PartitionKeyPath", text("$.id"))]);
            Some(("KinesisParameters", key))
        }
        Target::RunCommand => {
            let targets = object([
                ("Key", text("tag:Name")),
                ("Values", list([reference("InstanceName")])),
            ]);
            let targets = object([("RunCommandTargets", list([targets]))]);
            Some(("RunCommandParameters", targets))
        }
        _ => None,
    }
}

fn transformer(plan: &Plan) -> Node {
    let paths = plan.variables.iter();
    let paths = paths.map(|(name, path)| (name.clone(), text(path.clone())));
    object([
        ("InputPathsMap", Node::object(paths)),
        ("InputTemplate", text(plan.input())),
    ])
}

fn document(statements: Vec<Node>) -> Node {
    object([
        ("Version", text("2012-10-17")),
        ("Statement", list(statements)),
    ])
}

fn statement(action: &str, resource: Node) -> Node {
    object([
        ("Effect", text("Allow")),
        ("Action", text(action)),
        ("Resource", resource),
    ])
}

/// What the rule alone may do to a resource.
fn from_rule(action: &str, resource: Node) -> Node {
    object([
        ("Effect", text("Allow")),
        (
            "Principal",
            object([("Service", text("events.amazonaws.com"))]),
        ),
        ("Action", text(action)),
        ("Resource", resource),
        (
            "Condition",
            object([("ArnEquals", object([("aws:SourceArn", get("Rule", "Arn"))]))]),
        ),
    ])
}

fn queue_policy(queue: &str) -> Node {
    object([
        ("Queues", list([reference(queue)])),
        (
            "PolicyDocument",
            document(vec![from_rule("sqs:SendMessage", get(queue, "Arn"))]),
        ),
    ])
}

/// A role that EventBridge takes for rules of this account. The rule names the role, so the role cannot name the rule.
fn role(statements: Vec<Node>) -> Resource {
    let policy = object([
        ("PolicyName", text("StartTarget")),
        ("PolicyDocument", document(statements)),
    ]);
    (
        "Role",
        "AWS::IAM::Role",
        object([
            ("AssumeRolePolicyDocument", document(vec![trust()])),
            ("Policies", list([policy])),
        ]),
    )
}

/// Who may take the role: EventBridge, for rules of this account and region.
fn trust() -> Node {
    object([
        ("Effect", text("Allow")),
        (
            "Principal",
            object([("Service", text("events.amazonaws.com"))]),
        ),
        ("Action", text("sts:AssumeRole")),
        ("Condition", own_rules()),
    ])
}

/// The condition that a rule of this account and region asks.
fn own_rules() -> Node {
    let account = object([("aws:SourceAccount", reference("AWS::AccountId"))]);
    let rule = sub("arn:${AWS::Partition}:events:${AWS::Region}:${AWS::AccountId}:rule/*");
    object([
        ("StringEquals", account),
        ("ArnLike", object([("aws:SourceArn", rule)])),
    ])
}

fn run_command() -> Vec<Node> {
    let mut instances = statement(
        "ssm:SendCommand",
        sub("arn:${AWS::Partition}:ec2:${AWS::Region}:${AWS::AccountId}:instance/*"),
    );
    if let Value::Object(members) = &mut instances.value {
        let condition = object([(
            "StringEquals",
            object([("aws:ResourceTag/Name", reference("InstanceName"))]),
        )]);
        let object = object([("Condition", condition)]);
        members.extend(object.members().iter().cloned());
    }
    vec![
        statement(
            "ssm:SendCommand",
            sub("arn:${AWS::Partition}:ssm:${AWS::Region}::document/AWS-RunShellScript"),
        ),
        instances,
    ]
}
