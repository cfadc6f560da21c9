import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { OptionalProps, PrimaryKeyProp } from '@mikro-orm/postgresql';
import { Field, ID, ObjectType } from 'type-graphql';

@ObjectType({
  description: 'What a client brings along that an offer may be made for (Bedarf), e.g. addiction, refugee.',
})
@Entity({ tableName: 'need' })
export class Need {
  [PrimaryKeyProp]?: 'code';
  [OptionalProps]?: 'sensitive';

  @Field(() => ID, { description: 'Stable code, lower case with hyphens.' })
  @PrimaryKey({ type: 'text' })
  code!: string;

  @Property({ type: 'text' })
  nameDe!: string;

  @Property({ type: 'text' })
  nameEn!: string;

  @Property({ type: 'integer' })
  position!: number;

  @Field(() => Boolean, {
    description: 'Special category of personal data (GDPR Art. 9): disclosed with consent only.',
  })
  @Property({ type: 'boolean', default: false })
  sensitive!: boolean;
}
