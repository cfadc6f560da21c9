import { Field, ID, InterfaceType } from 'type-graphql';

@InterfaceType({
  description: '`id` is the bare UUID: unique over all types, so `node` needs nothing else, and caches can key by it.',
  resolveType: (value: object) => value.constructor.name,
})
export abstract class Node {
  @Field(() => ID, { description: 'UUID, unique over all types.' })
  id!: string;
}
