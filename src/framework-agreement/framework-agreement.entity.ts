import { Check, Entity, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import { OptionalProps } from '@mikro-orm/postgresql';
import { Field, Int, ObjectType } from 'type-graphql';
import { jsonList, uuid } from '../shared/columns.js';
import { Node } from '../shared/node.js';
import { GraphQLLocalDate } from '../shared/scalars.js';
import './framework-agreement.enums.js';
import { AgreementPartyRole, type Party } from './framework-agreement.rules.js';

@ObjectType({ description: 'One that concluded a framework agreement (Vertragspartei).' })
export class AgreementParty implements Party {
  @Field(() => String, { description: 'Name of the body.' })
  name!: string;

  @Field(() => AgreementPartyRole, { description: 'As what it concluded it.' })
  role!: AgreementPartyRole;

  @Field(() => GraphQLLocalDate, { nullable: true, description: 'When it signed; null = not known to the day.' })
  signedOn!: string | null;
}

@ObjectType({
  implements: Node,
  description:
    'An agreement of a state initiative that Jobcenters can accede to (Rahmenvereinbarung). Public, and the same for all networks.',
})
@Entity({ tableName: 'framework_agreement' })
@Check({ name: 'framework_agreement_slug_form', expression: `slug ~ '^[a-z][a-z0-9-]*$'` })
@Check({ name: 'framework_agreement_joinable', expression: 'joinable_until >= concluded_on' })
export class FrameworkAgreement extends Node {
  [OptionalProps]?: 'parties' | 'version';

  @PrimaryKey(uuid())
  override id!: string;

  @Field(() => String, { description: 'Its short name in addresses and filters.' })
  @Property({ type: 'text' })
  @Unique()
  slug!: string;

  @Field(() => String, { description: 'Its whole title.' })
  @Property({ type: 'text' })
  title!: string;

  @Field(() => String, { description: 'The initiative that one joins with it, for example "NRW inklusiv".' })
  @Property({ type: 'text' })
  initiative!: string;

  @Field(() => GraphQLLocalDate, { description: 'When it was concluded.' })
  @Property({ type: 'date' })
  concludedOn!: string;

  @Field(() => GraphQLLocalDate, {
    nullable: true,
    description: 'The last day on which Jobcenters can accede (Anmeldefrist); null = none.',
  })
  @Property({ type: 'date', nullable: true })
  joinableUntil!: string | null;

  @Field(() => [AgreementParty], { description: 'Who concluded it, 30 at most.' })
  @Property(jsonList())
  parties!: Party[];

  @Field(() => Int, { description: 'Goes up with every edit; hand it to `expectedVersion`.' })
  @Property({ type: 'integer', version: true })
  version!: number;
}
