import { Field, Float, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Municipality } from '../municipality/municipality.entity.js';
import { AreaKey } from '../shared/scalars.js';
import './coverage.enums.js';
import { type CoverageRowFigures, CoverageStatus } from './coverage.rules.js';
import { CoverageDecay } from './coverage-decay.rules.js';

export const DEFAULT_CATCHMENT_KM = 25;

@InputType({ description: 'What is to be covered, and for whom.' })
export class CoverageInput {
  @Field(() => [String], {
    nullable: true,
    description: 'Slugs; all when left out. Rows and demand: their municipalities. Services: those of their partners.',
  })
  networks?: string[] | null;

  @Field(() => AreaKey, {
    nullable: true,
    description:
      'A state, a district or a municipality. Rows: all municipalities in it, whatever the networks. Services: those of the networks named, else of all; their places are shared with the demand outside that they serve too.',
  })
  area?: string | null;

  @Field(() => ID, { description: 'Code of the category; everything below it counts too.' })
  category!: string;

  @Field(() => Float, {
    nullable: true,
    defaultValue: DEFAULT_CATCHMENT_KM,
    description: 'Beyond this distance a place is out of reach; from 0.001 to 1,000.',
  })
  catchmentKm?: number | null;

  @Field(() => ID, {
    nullable: true,
    description:
      'Code of a demand share: demand is this share of the recipients, in whole people; all of them when left out.',
  })
  demandShare?: string | null;

  @Field(() => CoverageDecay, {
    nullable: true,
    defaultValue: CoverageDecay.GAUSSIAN,
    description: 'How the worth of a place falls with the way to it.',
  })
  decay?: CoverageDecay | null;
}

@ObjectType({ description: 'How one municipality is covered.' })
export class CoverageRow implements Omit<CoverageRowFigures, 'key'> {
  @Field(() => Municipality, { description: 'Where the people live.' })
  municipality!: Municipality;

  @Field(() => Int, {
    nullable: true,
    description:
      'How many people are counted as demand here (SGB II recipients, or the share of them that was asked for), and null where that is not known.',
  })
  demand!: number | null;

  @Field(() => Int, { description: 'Active services whose area includes this municipality.' })
  services!: number;

  @Field(() => Int, {
    description: 'Places of active services whose area includes this municipality, as far as they count them.',
  })
  places!: number;

  @Field(() => Int, { description: 'Free ones among these places, as far as the viewer may see it.' })
  freePlaces!: number;

  @Field(() => Float, {
    nullable: true,
    description:
      'To the nearest site of an active service whose area includes this municipality; 0 if one is online or comes to the client.',
  })
  nearestKm!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Places of active services whose area includes this municipality per 1,000 of demand.',
  })
  placesPer1000!: number | null;

  @Field(() => Float, {
    nullable: true,
    description:
      'Reachable places per head of demand, with distance decay (enhanced two-step floating catchment area, E2SFCA).',
  })
  accessibility!: number;

  @Field(() => CoverageStatus, { description: 'How well it is covered.' })
  status!: CoverageStatus;
}

@ObjectType({ description: 'How a category of services covers the municipalities (Versorgung).' })
export class Coverage {
  @Field(() => [CoverageRow], { description: 'One for each municipality, by name.' })
  rows!: CoverageRow[];

  @Field(() => [CoverageRow], { description: 'The rows whose status is GAP, most demand first.' })
  gaps!: CoverageRow[];

  @Field(() => Float, {
    nullable: true,
    description: 'Gini coefficient of accessibility over demand; 0 = the same for everybody, null without any.',
  })
  gini!: number | null;
}
