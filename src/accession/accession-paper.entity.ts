import { Check, Entity, Enum, Index, ManyToOne, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import { OptionalProps, type Ref } from '@mikro-orm/postgresql';
import { Field, ID, ObjectType } from 'type-graphql';
import { jsonList, uuid } from '../shared/columns.js';
import { GraphQLLocalDate } from '../shared/scalars.js';
import { Accession } from './accession.entity.js';
import './accession.enums.js';
import { AccessionConsentResult, ConsentingBody, type ConsentState, ResolutionKind } from './accession.rules.js';
import type { ConsentDecision } from './accession-history.rules.js';

@ObjectType({ description: 'What a body decided before it decided anew.' })
export class AccessionDecision implements ConsentDecision {
  @Field(() => AccessionConsentResult, { description: 'What.' })
  result!: AccessionConsentResult;

  @Field(() => GraphQLLocalDate, { description: 'When.' })
  decidedOn!: string;

  @Field(() => String, { nullable: true, description: 'File number (Aktenzeichen), where there is one.' })
  fileNumber!: string | null;
}

@ObjectType({ description: 'A body that must agree to an accession, and what it decided.' })
@Entity({ tableName: 'accession_consent' })
@Unique({ properties: ['accession', 'kind', 'name'] })
@Check({ name: 'accession_consent_decided', expression: `(result = 'PENDING') = (decided_on is null)` })
export class AccessionConsent implements ConsentState {
  [OptionalProps]?: 'earlier' | 'revision';

  @Field(() => ID, { description: 'UUID.' })
  @PrimaryKey(uuid())
  id!: string;

  @ManyToOne(() => Accession, { ref: true })
  accession!: Ref<Accession>;

  @Field(() => ConsentingBody, { description: 'Which of the two.' })
  @Enum({ items: () => ConsentingBody, type: 'text' })
  kind!: ConsentingBody;

  @Field(() => String, { description: 'Name of the body.' })
  @Property({ type: 'text' })
  name!: string;

  @Field(() => AccessionConsentResult, { description: 'What it decided.' })
  @Enum({ items: () => AccessionConsentResult, type: 'text' })
  result!: AccessionConsentResult;

  @Field(() => GraphQLLocalDate, { nullable: true, description: 'When; null while it is pending.' })
  @Property({ type: 'date', nullable: true })
  decidedOn!: string | null;

  @Field(() => String, { nullable: true, description: 'File number (Aktenzeichen), where there is one.' })
  @Property({ type: 'text', nullable: true })
  fileNumber!: string | null;

  @Field(() => [AccessionDecision], { description: 'What it decided before, the oldest first; 20 at most.' })
  @Property(jsonList())
  earlier!: ConsentDecision[];

  @Property({ type: 'integer', version: true })
  revision!: number;
}

@ObjectType({ description: 'A paper of an accession: a letter, a council paper, a resolution.' })
@Entity({ tableName: 'accession_resolution' })
@Index({ properties: ['accession', 'resolvedOn', 'id'] })
export class AccessionResolution {
  @Field(() => ID, { description: 'UUID.' })
  @PrimaryKey(uuid())
  id!: string;

  @ManyToOne(() => Accession, { ref: true })
  accession!: Ref<Accession>;

  @Field(() => String, { description: 'Who wrote or decided it; a body, never a person.' })
  @Property({ type: 'text' })
  body!: string;

  @Field(() => ResolutionKind, { description: 'What kind of paper.' })
  @Enum({ items: () => ResolutionKind, type: 'text' })
  kind!: ResolutionKind;

  @Field(() => String, { nullable: true, description: 'What it says, in a sentence.' })
  @Property({ type: 'text', nullable: true })
  subject!: string | null;

  @Field(() => String, { nullable: true, description: 'File number (Aktenzeichen, Vorlage), where there is one.' })
  @Property({ type: 'text', nullable: true })
  fileNumber!: string | null;

  @Field(() => GraphQLLocalDate, { description: 'Its day.' })
  @Property({ type: 'date' })
  resolvedOn!: string;
}
