import { ArgsType, Extensions, Field, ID, InputType } from 'type-graphql';
import { connectionOf, PageArgs } from '../shared/connection.js';
import { Freshness } from '../shared/freshness.rules.js';
import { MunicipalityKey } from '../shared/scalars.js';
import { ContactInput } from './contact.inputs.js';
import './partner.enums.js';
import { Partner } from './partner.entity.js';
import { PartnerKind, PartnerStatus } from './partner.rules.js';

export const PartnerConnection = connectionOf(Partner, 'partners');
export type PartnerConnection = InstanceType<typeof PartnerConnection>;

@InputType({
  description: 'Which partners. Within a list any one suffices, an empty list is as if left out; all fields must hold.',
})
export class PartnerFilter {
  @Field(() => String, { nullable: true, description: 'Words of its name or description, or nearly so.' })
  query?: string | null;

  @Field(() => [PartnerKind], { nullable: true, description: 'Of one of these kinds.' })
  kinds?: PartnerKind[] | null;

  @Field(() => [Freshness], { nullable: true, description: 'By how old the last confirmation is.' })
  freshness?: Freshness[] | null;

  @Field(() => MunicipalityKey, { nullable: true, description: 'With a location there.' })
  municipality?: string | null;

  @Field(() => [PartnerStatus], {
    nullable: true,
    description:
      'ACTIVE when left out. Others: of the partners that you edit, and those of networks that you coordinate.',
  })
  statuses?: PartnerStatus[] | null;
}

@ArgsType()
export class PartnersArgs extends PageArgs {
  @Field(() => PartnerFilter, { nullable: true, description: 'All when left out.' })
  filter?: PartnerFilter | null;
}

@ArgsType()
export class NetworkPartnersArgs extends PartnersArgs {
  @Field(() => String, { nullable: true, description: 'Slug of the network that keeps the record.' })
  network?: string | null;
}

@InputType({ description: 'Left out = unchanged; null = emptied, where that is allowed.' })
export class PartnerUpdateInput {
  @Field(() => String, { nullable: true, description: 'As it calls itself, 2 to 200 characters.' })
  name?: string | null;

  @Field(() => String, { nullable: true, description: 'As people call it for short, 2 to 200 characters.' })
  alternateName?: string | null;

  @Field(() => [PartnerKind], { nullable: true, description: 'What it is; at least one.' })
  kinds?: PartnerKind[] | null;

  @Field(() => ID, { nullable: true, description: 'Umbrella that it belongs to (Dachverband); never itself.' })
  parent?: string | null;

  @Extensions({ maxLength: 4000 })
  @Field(() => String, { nullable: true, description: 'What it does, up to 4,000 characters.' })
  description?: string | null;

  @Field(() => String, { nullable: true, description: 'For enquiries.' })
  email?: string | null;

  @Field(() => String, { nullable: true, description: 'For enquiries: digits, blanks and + ( ) / - only.' })
  phone?: string | null;

  @Extensions({ maxLength: 500 })
  @Field(() => String, { nullable: true, description: 'With https:// or http://.' })
  website?: string | null;

  @Field(() => [ContactInput], { nullable: true, description: 'Whom to turn to with what, 20 at most; replaces all.' })
  contacts?: ContactInput[] | null;
}
