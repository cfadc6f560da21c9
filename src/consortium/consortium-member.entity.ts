import { Check, Entity, Enum, Index, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { OptionalProps, type Ref } from '@mikro-orm/postgresql';
import { Field, ID, ObjectType } from 'type-graphql';
import { Partner } from '../partner/partner.entity.js';
import { uuid } from '../shared/columns.js';
import { GraphQLLocalDate } from '../shared/scalars.js';
import { Consortium } from './consortium.entity.js';
import './consortium.enums.js';
import { ConsortiumRole } from './consortium.rules.js';

@ObjectType({
  description: 'That a partner belongs to a consortium: as what, since when, until when (Mitgliedschaft).',
})
@Entity({ tableName: 'consortium_member' })
@Check({ name: 'consortium_member_period', expression: 'member_until >= member_from' })
@Index({ properties: ['consortium', 'memberFrom', 'id'] })
@Index({ properties: ['partner', 'memberFrom', 'id'] })
export class ConsortiumMember {
  [OptionalProps]?: 'enteredOn' | 'version';

  @Field(() => ID, { description: 'UUID; hand it to `consortiumMemberEnd`.' })
  @PrimaryKey(uuid())
  id!: string;

  @ManyToOne(() => Consortium, { ref: true })
  consortium!: Ref<Consortium>;

  @ManyToOne(() => Partner, { ref: true })
  partner!: Ref<Partner>;

  @Field(() => ConsortiumRole, { description: 'As what.' })
  @Enum({ items: () => ConsortiumRole, type: 'text' })
  role!: ConsortiumRole;

  @Field(() => GraphQLLocalDate, { name: 'from', description: 'The first day.' })
  @Property({ type: 'date' })
  memberFrom!: string;

  @Field(() => GraphQLLocalDate, { name: 'until', nullable: true, description: 'The last day; null = it goes on.' })
  @Property({ type: 'date', nullable: true })
  memberUntil!: string | null;

  /** When it was entered; null where it is not known any more. */
  @Property({ type: 'date', nullable: true })
  enteredOn!: string | null;

  @Property({ type: 'integer', version: true })
  version!: number;
}
