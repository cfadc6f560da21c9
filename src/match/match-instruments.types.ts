import { Field, ObjectType } from 'type-graphql';
import { Instrument } from '../instrument/instrument.entity.js';
import { InstrumentCheck } from '../instrument/instrument.types.js';

@ObjectType({ description: 'An instrument at a service: whether it fits, and by which rules.' })
export class InstrumentMatch {
  @Field(() => Instrument, { description: 'Which.' })
  instrument!: Instrument;

  @Field(() => Boolean, { description: 'Whether the question asks for it.' })
  asked!: boolean;

  @Field(() => Boolean, { description: 'Whether a place can be paid by it today.' })
  accepted!: boolean;

  @Field(() => Boolean, { description: 'Whether nobody is taken without it.' })
  required!: boolean;

  @Field(() => String, {
    nullable: true,
    description: 'Where its rules of today stand; null where it has none, or is not accepted.',
  })
  source!: string | null;

  @Field(() => [InstrumentCheck], { description: 'Its rules of today, each held against what was told of the client.' })
  checks!: InstrumentCheck[];
}
