import { Field, ID, InterfaceType, Int, ObjectType } from 'type-graphql';
import {
  ConnectContactAction,
  ConnectContactState,
  ConnectErrorCode,
  ConnectQuota,
  ConnectResource,
} from '../values/enums.js';
import type { ContactAction, ContactState } from '../../connect/contact.js';
import type { Quota, Resource } from '../../connect/errors.js';

/** Members of every error in a payload. */
@InterfaceType({
  description: 'What a caller did wrong, or what Connect refuses for a business reason. Nothing was changed.',
  resolveType: (error: object) => error.constructor.name,
})
export abstract class ConnectError {
  @Field(() => ConnectErrorCode, { description: 'The error as a stable code.' })
  code!: keyof typeof ConnectErrorCode;

  @Field(() => String, { description: 'What was expected, what came and what to do, for people. Never empty.' })
  message!: string;

  @Field(() => [String], {
    nullable: true,
    description: 'The place in the arguments: ["input", "references", "1", "value"]. Null for the request as a whole.',
  })
  path?: readonly string[] | null;
}

/** Members of an error class, without its methods. */
type FactsOf<ErrorType> = Omit<ErrorType, never>;

/** A rule is broken. */
@ObjectType({ implements: ConnectError, description: 'A value breaks a rule. All violations are reported at once.' })
export class ConnectInvalidInputError extends ConnectError {
  @Field(() => String, {
    nullable: true,
    description:
      'Fixed id of the rule. Families: api/ of the API reference, gateway/ of this API, engine/ where the reference is silent.',
  })
  rule?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Name of the field of the task template. Null: the rule is not about one.',
  })
  templateField?: string | null;

  @Field(() => String, { nullable: true, description: 'What the rule expects, with its unit: "0 to 512 characters".' })
  expected?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The actual value in the same unit, shortened: "513 characters".',
  })
  actual?: string | null;

  constructor(facts: FactsOf<ConnectInvalidInputError>) {
    super();
    Object.assign(this, facts);
  }
}

/** An id does not exist. */
@ObjectType({ implements: ConnectError, description: 'An id does not exist in this instance.' })
export class ConnectNotFoundError extends ConnectError {
  @Field(() => ConnectResource, { nullable: true, description: 'The kind of resource.' })
  resource?: Resource | null;

  @Field(() => ID, { nullable: true, description: 'The unknown id.' })
  id?: string | null;

  constructor(facts: FactsOf<ConnectNotFoundError>) {
    super();
    Object.assign(this, facts);
  }
}

/** A quota is full. */
@ObjectType({ implements: ConnectError, description: 'A quota of Amazon Connect is full.' })
export class ConnectQuotaExceededError extends ConnectError {
  @Field(() => ConnectQuota, { description: 'The quota.' })
  quota!: Exclude<Quota, 'TASK_TEMPLATES'>;

  @Field(() => Int, {
    nullable: true,
    description: 'The value of the quota. Null if Amazon Connect does not report it.',
  })
  limit?: number | null;

  constructor(facts: FactsOf<ConnectQuotaExceededError>) {
    super();
    Object.assign(this, facts);
  }
}

/** Too many requests. */
@ObjectType({ implements: ConnectError, description: 'The rate of Amazon Connect is reached.' })
export class ConnectThrottledError extends ConnectError {
  @Field(() => Int, {
    nullable: true,
    description: 'Milliseconds to wait before a retry. Null if unknown.',
  })
  retryAfterMs?: number | null;

  constructor(facts: FactsOf<ConnectThrottledError>) {
    super();
    Object.assign(this, facts);
  }
}

/** A conflict with another request. */
@ObjectType({
  implements: ConnectError,
  description: 'The client token belongs to another request, or another change is under way.',
})
export class ConnectConflictError extends ConnectError {
  constructor(facts: FactsOf<ConnectConflictError>) {
    super();
    Object.assign(this, facts);
  }
}

/** The contact's state does not allow it. */
@ObjectType({ implements: ConnectError, description: "The contact's state does not allow the change." })
export class ConnectIllegalStateError extends ConnectError {
  @Field(() => ConnectContactState, { nullable: true, description: "The contact's state. Null if unknown." })
  state?: ContactState | null;

  @Field(() => [ConnectContactAction], {
    nullable: true,
    description: 'The actions that the state allows. Null if unknown.',
  })
  allowedActions?: readonly ContactAction[] | null;

  constructor(facts: FactsOf<ConnectIllegalStateError>) {
    super();
    Object.assign(this, facts);
  }
}
