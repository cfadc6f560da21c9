import { Entity, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import { OptionalProps } from '@mikro-orm/postgresql';
import { Field, ObjectType } from 'type-graphql';
import { uuid } from '../shared/columns.js';
import { GraphQLLocalDate } from '../shared/scalars.js';

@ObjectType({ description: 'Open data that geography or figures were imported from (Datenquelle); name it with them.' })
@Entity({ tableName: 'geo_source' })
@Unique({
  name: 'geo_source_once',
  expression: 'create unique index geo_source_once on geo_source (name, licence) nulls not distinct',
})
export class GeoSource {
  [OptionalProps]?: 'licence';

  @PrimaryKey(uuid())
  id!: string;

  @Field(() => String, { description: 'Who published it, as it wants to be named.' })
  @Property({ type: 'text' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'On which terms, for example "dl-de/by-2-0".' })
  @Property({ type: 'text', nullable: true })
  licence!: string | null;

  @Field(() => GraphQLLocalDate, { description: 'When it was last retrieved.' })
  @Property({ type: 'date' })
  retrievedOn!: string;
}
