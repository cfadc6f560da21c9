import { Field, ObjectType } from 'type-graphql';
import type { JsonValue } from '../record/record.rules.js';
import { LanguageTag } from '../shared/scalars.js';
import type { Contact as StoredContact } from './contact.rules.js';

@ObjectType({ description: 'Somebody to turn to (Ansprechperson), and what for.' })
export class Contact {
  @Field(() => String, { nullable: true, description: 'Name of the person; null where it is an office.' })
  name!: string | null;

  @Field(() => String, { description: 'What she is responsible for (Zuständigkeit).' })
  responsibility!: string;

  @Field(() => String, { nullable: true, description: 'Where in the organisation.' })
  department!: string | null;

  @Field(() => String, { nullable: true, description: 'Her own.' })
  email!: string | null;

  @Field(() => String, { nullable: true, description: 'Her own.' })
  phone!: string | null;

  @Field(() => [LanguageTag], { description: 'That she speaks; empty: it is not said.' })
  languages!: readonly string[];
}

/** Contacts as they are stored. */
export const contactsOf = (stored: JsonValue): Contact[] =>
  (stored as unknown as readonly StoredContact[]).map(
    ({ name = null, responsibility, department = null, email = null, phone = null, languages }) => ({
      name,
      responsibility,
      department,
      email,
      phone,
      languages: languages ?? [],
    }),
  );
