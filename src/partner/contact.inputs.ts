import { Field, InputType } from 'type-graphql';
import { LanguageTag } from '../shared/scalars.js';

@InputType({ description: 'Somebody to turn to (Ansprechperson), and what for.' })
export class ContactInput {
  @Field(() => String, { nullable: true, description: 'Name of the person; left out where it is an office.' })
  name?: string | null;

  @Field(() => String, { description: 'What she is responsible for (Zuständigkeit).' })
  responsibility!: string;

  @Field(() => String, { nullable: true, description: 'Where in the organisation.' })
  department?: string | null;

  @Field(() => String, { nullable: true, description: 'Her own.' })
  email?: string | null;

  @Field(() => String, { nullable: true, description: 'Her own: digits, blanks and + ( ) / - only.' })
  phone?: string | null;

  @Field(() => [LanguageTag], { nullable: true, description: 'That she speaks.' })
  languages?: string[] | null;
}
