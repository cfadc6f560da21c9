import { ArgsType, Field } from 'type-graphql';
import './geography.enums.js';
import { DemandMeasure } from './geography.rules.js';

/** Objects that an outline is counted as: it has hundreds of positions. */
export const OUTLINE_COST = 50;

@ArgsType()
export class FiguresArgs {
  @Field(() => DemandMeasure, { nullable: true, description: 'Of this measure alone.' })
  measure?: DemandMeasure | null;
}
