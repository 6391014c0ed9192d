import type { Rule, RuleProps } from "aws-cdk-lib/aws-events";
import type { Construct } from "constructs";
import type { EventBody } from "./pattern.js";
import type { EventSchema } from "./types.js";

/** What a rule matches beside the event's type, and what else a rule has. */
export type EventRuleProps<D> = EventBody<D> &
  Omit<RuleProps, "eventPattern" | "schedule">;

/** A rule for events of a type. Throws what EventBridge would refuse. */
export declare function onEvent<E extends { detail: unknown }>(
  scope: Construct,
  id: string,
  type: EventSchema<E>,
  props?: EventRuleProps<E["detail"]>,
): Rule;
