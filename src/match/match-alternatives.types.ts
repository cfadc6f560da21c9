import { Field, ObjectType } from 'type-graphql';
import type { ServiceMatchConnection } from './match.types.js';
import './match-alternatives.enums.js';
import { Relaxation } from './match-alternatives.rules.js';
import type { RelaxationFact } from './match-alternatives-texts.rules.js';

@ObjectType({ description: 'A relaxed search that finds what the original one does not.' })
export class SearchAlternative {
  @Field(() => [Relaxation], {
    description: 'What it does without: mostly one thing; two where no single one helps. Empty: what fits as asked.',
  })
  relaxed!: Relaxation[];

  /** Key of the municipality that was searched as if the client lived there. */
  neighbour!: string | null;

  facts!: readonly RelaxationFact[];

  /** The first so many of those that it finds. */
  page!: (size: number) => Promise<ServiceMatchConnection>;
}
