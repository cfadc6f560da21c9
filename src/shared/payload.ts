import { Field, ObjectType } from 'type-graphql';
import { UserError, userErrorsOf } from './errors.js';

/** What every answer to a mutation holds, beside what was written. */
@ObjectType()
export abstract class MutationPayload {
  @Field(() => [UserError], { description: 'Why it was refused; empty when it was not.' })
  userErrors!: UserError[];
}

type Payload<Key extends string, T> = { [K in Key]?: NoInfer<T> } & { userErrors: UserError[] };

/** The answer to a mutation: what was written, or why it was refused. Anything but a refusal stays an exception. */
export async function payload<Key extends string, T>(key: Key, action: Promise<T>): Promise<Payload<Key, T>> {
  const answer = await action.then(
    thing => ({ [key]: thing, userErrors: [] }),
    error => ({ userErrors: userErrorsOf(error) }),
  );
  return answer as Payload<Key, T>;
}
