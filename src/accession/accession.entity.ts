import { Check, Entity, Index, ManyToOne, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import { OptionalProps, type Ref } from '@mikro-orm/postgresql';
import { Field, Int, ObjectType } from 'type-graphql';
import { FrameworkAgreement } from '../framework-agreement/framework-agreement.entity.js';
import { Network } from '../network/network.entity.js';
import { jsonList, uuid } from '../shared/columns.js';
import { Node } from '../shared/node.js';
import { GraphQLLocalDate } from '../shared/scalars.js';
import type { AccessionDates, CatalogueItem } from './accession.rules.js';
import type { Catalogues, EarlierCatalogue } from './accession-history.rules.js';

@ObjectType({ description: 'One measure of the catalogue with which a Jobcenter accedes (Maßnahmenkatalog).' })
export class AccessionItem implements CatalogueItem {
  @Field(() => String, { description: 'What is to be done.' })
  text!: string;

  @Field(() => String, { description: 'What it is to reach.' })
  goal!: string;
}

@ObjectType({ description: 'A catalogue of measures that was replaced or taken back.' })
export class AccessionCatalogue implements EarlierCatalogue {
  @Field(() => GraphQLLocalDate, { description: 'Since when there was this one.' })
  from!: string;

  @Field(() => GraphQLLocalDate, { description: 'The day on which there was another, or none.' })
  until!: string;

  @Field(() => [AccessionItem], { description: 'Its measures, 50 at most.' })
  items!: CatalogueItem[];
}

@ObjectType({
  implements: Node,
  description:
    'How the Jobcenter of a network joins a framework agreement (Beitritt). Public once it is acceded; before, for members of the network.',
})
@Entity({ tableName: 'accession' })
@Index({
  name: 'accession_one_at_a_time',
  expression:
    'create unique index accession_one_at_a_time on accession (network_id, agreement_id) where withdrawn_on is null',
})
@Index({ properties: ['network', 'deadline', 'id'] })
@Unique({ properties: ['id', 'network'] })
@Check({
  name: 'accession_acceded',
  expression: 'acceded_on is null or submitted_on is not null and acceded_on >= submitted_on',
})
@Check({ name: 'accession_submitted_in_time', expression: 'submitted_on <= deadline' })
@Check({ name: 'accession_withdrawn', expression: 'withdrawn_on >= coalesce(acceded_on, submitted_on, withdrawn_on)' })
@Check({
  name: 'accession_logo',
  expression:
    'logo_from is null and logo_until is null or acceded_on is not null and logo_from >= acceded_on and (logo_until is null or logo_until >= logo_from)',
})
@Check({ name: 'accession_catalogue_day', expression: `(catalogue_on is null) = (catalogue = '[]'::jsonb)` })
export class Accession extends Node implements AccessionDates, Catalogues {
  [OptionalProps]?: 'catalogue' | 'earlierCatalogues' | 'version';

  @PrimaryKey(uuid())
  override id!: string;

  @ManyToOne(() => Network, { ref: true })
  network!: Ref<Network>;

  @ManyToOne(() => FrameworkAgreement, { ref: true, index: true })
  agreement!: Ref<FrameworkAgreement>;

  @Field(() => GraphQLLocalDate, { description: 'The last day to declare it.' })
  @Property({ type: 'date' })
  deadline!: string;

  @Field(() => [AccessionItem], {
    description: 'The catalogue of measures, 50 at most; an action plan may stand in its place.',
  })
  @Property(jsonList())
  catalogue!: CatalogueItem[];

  @Field(() => GraphQLLocalDate, { nullable: true, description: 'Since when there is this catalogue; null = none.' })
  @Property({ type: 'date', nullable: true })
  catalogueOn!: string | null;

  @Field(() => [AccessionCatalogue], { description: 'The catalogues before it, the oldest first; 20 at most.' })
  @Property(jsonList())
  earlierCatalogues!: EarlierCatalogue[];

  @Field(() => GraphQLLocalDate, { nullable: true, description: 'When it was declared.' })
  @Property({ type: 'date', nullable: true })
  submittedOn!: string | null;

  @Field(() => GraphQLLocalDate, { nullable: true, description: 'Since when the Jobcenter is a member.' })
  @Property({ type: 'date', nullable: true })
  accededOn!: string | null;

  @Field(() => GraphQLLocalDate, { nullable: true, description: 'When it was taken back, or left again.' })
  @Property({ type: 'date', nullable: true })
  withdrawnOn!: string | null;

  @Field(() => GraphQLLocalDate, { nullable: true, description: "The initiative's logo may be used from this day." })
  @Property({ type: 'date', nullable: true })
  logoFrom!: string | null;

  @Field(() => GraphQLLocalDate, { nullable: true, description: 'Up to and including this day; null = open.' })
  @Property({ type: 'date', nullable: true })
  logoUntil!: string | null;

  @Field(() => Int, {
    description: 'Goes up with every edit and step, every consent and paper; hand it to `expectedVersion`.',
  })
  @Property({ type: 'integer', version: true })
  version!: number;
}
