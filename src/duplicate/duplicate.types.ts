import { Field, Float, ObjectType } from 'type-graphql';
import { Partner } from '../partner/partner.entity.js';
import { connectionOf } from '../shared/connection.js';
import { MutationPayload } from '../shared/payload.js';
import { GraphQLDateTime } from '../shared/scalars.js';
import './duplicate.enums.js';
import { DuplicateEvidence, type Evidence } from './duplicate-score.rules.js';

@ObjectType({ description: 'One reason for or against two partners being one.' })
export class DuplicateReason {
  @Field(() => DuplicateEvidence, { description: 'What it is about.' })
  kind!: DuplicateEvidence;

  @Field(() => Float, { description: 'In bits: above 0 it speaks for it, below against it.' })
  weight!: number;

  @Field(() => String, { nullable: true, description: 'What both have in common, where it is one value.' })
  value!: string | null;

  similarity?: number;
}

@ObjectType({ description: 'Somebody said that two partners are two (kein Doppel).' })
export class DuplicateVerdict {
  @Field(() => GraphQLDateTime, { description: 'When.' })
  at!: Date;

  @Field(() => String, { nullable: true, description: 'Name of who said so; null where the account is gone.' })
  by!: string | null;

  @Field(() => String, { nullable: true, description: 'Why, in her words.' })
  reason!: string | null;
}

@ObjectType({ description: 'Two partners that may be one (mögliches Doppel).' })
export class DuplicateCandidate {
  @Field(() => Partner, { description: 'One of the two; of the network that was asked for.' })
  a!: Partner;

  @Field(() => Partner, { description: 'The other.' })
  b!: Partner;

  @Field(() => Float, { description: '0 to 1: how probable it is that they are one.' })
  score!: number;

  @Field(() => Boolean, { description: 'Whether they can be merged: partners of two networks cannot.' })
  sameNetwork!: boolean;

  @Field(() => [DuplicateReason], { description: 'What the score is made of, the weightiest first.' })
  evidence!: readonly Evidence[];

  @Field(() => DuplicateVerdict, { nullable: true, description: 'Where somebody said that they are two.' })
  dismissal!: DuplicateVerdict | null;
}

@ObjectType({ description: 'A partner that may be the same as another.' })
export class SimilarPartner {
  @Field(() => Partner, { description: 'The partner.' })
  partner!: Partner;

  @Field(() => Float, { description: '0 to 1: how probable it is that it is the same.' })
  score!: number;

  @Field(() => [DuplicateReason], { description: 'What the score is made of, the weightiest first.' })
  evidence!: readonly Evidence[];
}

export const DuplicateCandidateConnection = connectionOf(DuplicateCandidate, 'duplicateCandidates');
export type DuplicateCandidateConnection = InstanceType<typeof DuplicateCandidateConnection>;

@ObjectType({ description: 'Answer to what is said of two partners.' })
export class DuplicatePayload extends MutationPayload {
  @Field(() => [Partner], { nullable: true, description: 'Both, as they were named; null when refused.' })
  partners?: Partner[] | null;
}
