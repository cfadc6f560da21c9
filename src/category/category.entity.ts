import { Entity, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { OptionalProps, PrimaryKeyProp, type Ref } from '@mikro-orm/postgresql';
import { Field, ID, ObjectType } from 'type-graphql';

@ObjectType({ description: 'A node of the service taxonomy (Angebotsart), e.g. counselling > addiction-counselling.' })
@Entity({ tableName: 'category' })
export class Category {
  [PrimaryKeyProp]?: 'code';
  [OptionalProps]?: 'professionalSecrecy';

  @Field(() => ID, { description: 'Stable code, lower case with hyphens.' })
  @PrimaryKey({ type: 'text' })
  code!: string;

  @ManyToOne(() => Category, { ref: true, index: true, nullable: true })
  parent!: Ref<Category> | null;

  @Property({ type: 'text' })
  nameDe!: string;

  @Property({ type: 'text' })
  nameEn!: string;

  @Property({ type: 'integer' })
  position!: number;

  @Field(() => Boolean, {
    description:
      'Its counsellors are bound by professional secrecy (section 203 StGB): feedback is RECEIVED_ONLY at most.',
  })
  @Property({ type: 'boolean', default: false })
  professionalSecrecy!: boolean;
}
