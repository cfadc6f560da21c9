import { Check, Entity, Enum, Index, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { OptionalProps, type Ref } from '@mikro-orm/postgresql';
import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Network } from '../network/network.entity.js';
import { Programme } from '../programme/programme.entity.js';
import { textArray, uuid } from '../shared/columns.js';
import { Node } from '../shared/node.js';
import { GraphQLLocalDate } from '../shared/scalars.js';
import { PublicationKind } from './publication.rules.js';

registerEnumType(PublicationKind, {
  name: 'PublicationKind',
  description: 'What was published.',
  valuesConfig: {
    REPORT: { description: 'An analysis or a report of experience (Bericht).' },
    RECOMMENDATION: { description: 'What others should do (Handlungsempfehlung).' },
    TOOL: { description: 'Something to work with, such as a questionnaire (Arbeitshilfe).' },
    EVENT: { description: 'An event at which it is told to others (Transferveranstaltung).' },
  },
});

@ObjectType({
  implements: Node,
  description: 'What a network found out or made, for others to find (Veröffentlichung).',
})
@Entity({ tableName: 'publication' })
@Index({ properties: ['programme', 'publishedOn', 'id'] })
@Index({ properties: ['publishedOn', 'id'] })
@Check({
  name: 'publication_event',
  expression: `(kind = 'EVENT') = (held_on is not null) and (kind = 'EVENT' or place is null)`,
})
export class Publication extends Node {
  [OptionalProps]?: 'withdrawn' | 'version';

  @PrimaryKey(uuid())
  override id!: string;

  @ManyToOne(() => Network, { ref: true, index: true })
  network!: Ref<Network>;

  @ManyToOne(() => Programme, { ref: true, nullable: true })
  programme!: Ref<Programme> | null;

  @Field(() => PublicationKind, { description: 'What it is.' })
  @Enum({ items: () => PublicationKind, type: 'text' })
  kind!: PublicationKind;

  @Field(() => String, { description: 'Its title.' })
  @Property({ type: 'text' })
  title!: string;

  @Field(() => String, { nullable: true, description: 'What it says, in short.' })
  @Property({ type: 'text', nullable: true })
  summary!: string | null;

  @Field(() => String, { nullable: true, description: 'Where to read it, with https:// or http://.' })
  @Property({ type: 'text', nullable: true })
  url!: string | null;

  @Field(() => GraphQLLocalDate, { description: 'Since when everybody finds it.' })
  @Property({ type: 'date' })
  publishedOn!: string;

  @Field(() => GraphQLLocalDate, { nullable: true, description: 'Of an EVENT: its day.' })
  @Property({ type: 'date', nullable: true })
  heldOn!: string | null;

  @Field(() => String, { nullable: true, description: 'Of an EVENT: where.' })
  @Property({ type: 'text', nullable: true })
  place!: string | null;

  @Field(() => [String], { description: 'What it is about, in words.' })
  @Property(textArray())
  topics!: string[];

  @Property(textArray())
  needs!: string[];

  @Property(textArray())
  categories!: string[];

  @Field(() => Boolean, { description: 'Taken back: only the coordinators of its network still read it.' })
  @Property({ type: 'boolean', default: false })
  withdrawn!: boolean;

  @Field(() => Int, { description: 'Goes up with every edit; hand it to `expectedVersion`.' })
  @Property({ type: 'integer', version: true })
  version!: number;
}
