import { GraphQLError } from 'graphql';
import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { ReferralStep } from '../referral/referral.rules.js';
import { FieldValue } from './field-value.js';
import type { Bilingual } from './texts.rules.js';

/** Top-level codes (`extensions.code`). Everything else that reaches a client is masked as INTERNAL_SERVER_ERROR. */
export enum ErrorCode {
  BAD_USER_INPUT = 'BAD_USER_INPUT',
  INVALID_CURSOR = 'INVALID_CURSOR',
  UNAUTHENTICATED = 'UNAUTHENTICATED',
  FORBIDDEN = 'FORBIDDEN',
  QUERY_TOO_EXPENSIVE = 'QUERY_TOO_EXPENSIVE',
  IDEMPOTENCY_IN_PROGRESS = 'IDEMPOTENCY_IN_PROGRESS',
  SERVICE_UNAVAILABLE = 'SERVICE_UNAVAILABLE',
  INTERNAL_SERVER_ERROR = 'INTERNAL_SERVER_ERROR',
}

export enum UserErrorCode {
  NOT_FOUND = 'NOT_FOUND',
  INVALID_INPUT = 'INVALID_INPUT',
  STEP_NOT_OPEN = 'STEP_NOT_OPEN',
  NO_CAPACITY = 'NO_CAPACITY',
  NO_WAITING_LIST = 'NO_WAITING_LIST',
  SERVICE_NOT_ACTIVE = 'SERVICE_NOT_ACTIVE',
  INTAKE_PAUSED = 'INTAKE_PAUSED',
  BASIS_MISSING = 'BASIS_MISSING',
  DECISION_MISSING = 'DECISION_MISSING',
  NOT_ELIGIBLE = 'NOT_ELIGIBLE',
  OUT_OF_AREA = 'OUT_OF_AREA',
  VERSION_CONFLICT = 'VERSION_CONFLICT',
  DUPLICATE = 'DUPLICATE',
  REASON_REQUIRED = 'REASON_REQUIRED',
  TOO_LATE = 'TOO_LATE',
  LIMIT_REACHED = 'LIMIT_REACHED',
  NOT_SHARED = 'NOT_SHARED',
  IDEMPOTENCY_MISMATCH = 'IDEMPOTENCY_MISMATCH',
}

registerEnumType(UserErrorCode, {
  name: 'UserErrorCode',
  description: 'Why a mutation was refused. The codes are facts to act upon; more may be added.',
  valuesConfig: {
    NOT_FOUND: { description: 'There is no such thing, or none that you may see or change.' },
    INVALID_INPUT: { description: 'Well formed, but wrong: an unknown code, a date in the past. See `path`.' },
    STEP_NOT_OPEN: { description: 'The state machine has no such step from here, or not for you; see `openSteps`.' },
    NO_CAPACITY: { description: 'The service has no free place.' },
    NO_WAITING_LIST: { description: 'The service keeps no waiting list.' },
    SERVICE_NOT_ACTIVE: { description: 'The service is paused or closed.' },
    INTAKE_PAUSED: { description: 'The service takes nobody for now; see `Service.intake`.' },
    BASIS_MISSING: { description: 'No consent that is valid today covers this service.' },
    DECISION_MISSING: {
      description:
        'The service takes nobody without an instrument, and no decision on it holds today for this client; or the decision that a referral went with goes with another by now.',
    },
    NOT_ELIGIBLE: { description: 'The client does not fit the terms of the service, such as its ages and criteria.' },
    OUT_OF_AREA: { description: 'The client lives outside the service area.' },
    VERSION_CONFLICT: { description: 'It was changed since you read it; see `currentVersion`.' },
    DUPLICATE: { description: 'There is one already.' },
    REASON_REQUIRED: { description: 'This needs a reason in words, of 10 to 300 characters.' },
    TOO_LATE: { description: 'The time for this is over.' },
    LIMIT_REACHED: { description: 'There are as many of yours as there may be at once.' },
    NOT_SHARED: {
      description: 'The service is of another network, and no sharing agreement that holds today covers it.',
    },
    IDEMPOTENCY_MISMATCH: {
      description: 'The same Idempotency-Key came with another request before; nothing was done.',
    },
  },
});

@ObjectType({ description: 'A field that is not as you have read it: what it was then and is now, and what you want.' })
export class FieldConflict {
  /** Which kind of record: `RecordName`. */
  kind!: string;

  /** What people call it, where it is no field of the record: what is reported of places. */
  called?: Bilingual;

  @Field(() => String, { description: 'Name of the field, as in the input.' })
  field!: string;

  @Field(() => FieldValue, {
    nullable: true,
    description: 'As you have read it. Null: empty, not remembered, or of a protected address.',
  })
  base!: unknown;

  @Field(() => FieldValue, {
    nullable: true,
    description: 'As it is stored now. Null: empty, or of a protected address.',
  })
  current!: unknown;

  @Field(() => FieldValue, { nullable: true, description: 'As your edit has it; null too where it leaves it alone.' })
  yours!: unknown;

  @Field(() => Boolean, { description: 'Whether your edit changes it as well; if none does, nothing is in its way.' })
  both!: boolean;
}

@ObjectType({ description: 'Something the caller can fix. Anything else is a top-level error with `extensions.code`.' })
export class UserError {
  @Field(() => UserErrorCode, { description: 'A fact to act upon.' })
  code!: UserErrorCode;

  @Field(() => String, { description: 'A sentence for people, in German.' })
  message!: string;

  @Field(() => [String], { description: 'Path of the input field at fault; empty when none is.' })
  path!: string[];

  @Field(() => [ReferralStep], { nullable: true, description: 'With STEP_NOT_OPEN: what is open to you instead.' })
  openSteps?: ReferralStep[];

  @Field(() => Int, { nullable: true, description: 'With VERSION_CONFLICT: the version to read again.' })
  currentVersion?: number;

  @Field(() => [FieldConflict], {
    nullable: true,
    description:
      'With VERSION_CONFLICT on a record: the fields that changed since you read it, whether you edit them or not; all values.',
  })
  conflicts?: FieldConflict[];
}

type Detail = Pick<UserError, 'openSteps' | 'currentVersion' | 'conflicts'> & {
  /** What else is wrong, where all of it is told at once. */
  readonly others?: readonly UserError[];
};

/** Thrown by actions, shown as `userErrors` after the rollback. Messages are for people: German. */
export class Refusal extends Error {
  constructor(
    readonly code: UserErrorCode,
    message: string,
    readonly path: string[] = [],
    readonly detail: Detail = {},
  ) {
    super(message);
  }
}

/** What the caller sees of a failed action. Anything but a Refusal is a bug or a top-level error and stays thrown. */
export function userErrorsOf(error: unknown): UserError[] {
  if (!(error instanceof Refusal)) throw error;
  const { others = [], ...detail } = error.detail;
  return [{ code: error.code, message: error.message, path: error.path, ...detail }, ...others];
}

/** What a caller may be told at the top level; its message leaks nothing. `argument` is a dotted path. */
export class PublicError extends GraphQLError {
  constructor(
    readonly code: ErrorCode,
    message: string,
    argument?: string,
  ) {
    super(message, { extensions: { code, ...(argument !== undefined && { argument }) } });
  }
}

/** A request that is malformed whoever makes it: answered before any SQL. */
export const badInput = (argument: string, message: string): PublicError =>
  new PublicError(ErrorCode.BAD_USER_INPUT, message, argument);

export const invalidCursor = (argument = 'after'): PublicError =>
  new PublicError(ErrorCode.INVALID_CURSOR, 'No list handed out this cursor.', argument);

export const unauthenticated = (message = 'Sign in first.'): PublicError =>
  new PublicError(ErrorCode.UNAUTHENTICATED, message);

export const forbidden = (): PublicError =>
  new PublicError(ErrorCode.FORBIDDEN, 'This operation is not open to your roles.');

export const serviceUnavailable = (message = 'Try again in a moment.'): PublicError =>
  new PublicError(ErrorCode.SERVICE_UNAVAILABLE, message);
