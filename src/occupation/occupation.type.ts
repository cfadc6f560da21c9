import { Field, ID, ObjectType } from 'type-graphql';

@ObjectType({
  description:
    'An occupation (Beruf) of the Klassifikation der Berufe 2010 of the Bundesagentur für Arbeit: area (1 digit), main group (2), and below them by code alone.',
})
export class Occupation {
  @Field(() => ID, { description: 'Code, 1 to 5 digits; the fifth tells the level of requirement.' })
  code!: string;
}
