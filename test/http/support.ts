import 'reflect-metadata';
import { once } from 'node:events';
import { connect } from 'node:net';
import { GraphQLError, printSchema } from 'graphql';
import pino from 'pino';
import {
  Arg,
  buildSchema,
  Ctx,
  Extensions,
  Field,
  ID,
  InputType,
  Int,
  Mutation,
  ObjectType,
  Query,
  Resolver,
} from 'type-graphql';
import { type AskedBy, createHttpServer, type HttpServerOptions } from '../../src/http/server.js';
import { ErrorCode, forbidden, invalidCursor, PublicError, unauthenticated } from '../../src/shared/errors.js';
import { GraphQLLocalDate, LanguageTag, MunicipalityKey } from '../../src/shared/scalars.js';

/** What resolvers of the small schema were asked, so that a test can tell that nothing was. */
export const asked: unknown[] = [];

interface SmallContext {
  by: AskedBy;
}

@InputType()
class Place {
  @Field(() => MunicipalityKey)
  municipality!: string;

  @Field(() => [LanguageTag], { nullable: true })
  languages?: string[];

  @Field(() => Int, { nullable: true })
  age?: number;

  @Field(() => String, { nullable: true })
  @Extensions({ maxLength: 4000 })
  note?: string;

  @Field(() => Place, { nullable: true })
  near?: Place;
}

@ObjectType()
class Capacity {
  @Field(() => Int)
  free!: number;

  @Field(() => String)
  freshness!: string;
}

@ObjectType()
class Service {
  @Field(() => String)
  name!: string;

  @Field(() => Capacity)
  capacity!: Capacity;
}

@ObjectType()
class Services {
  @Field(() => [Service])
  nodes!: Service[];
}

@ObjectType()
class Partner {
  @Field(() => String)
  name!: string;

  @Field(() => [String])
  kinds!: string[];

  @Field(() => Services)
  services(@Arg('first', () => Int, { nullable: true, defaultValue: 20 }) _first: number): Services {
    return { nodes: [{ name: 'Beratung', capacity: { free: 3, freshness: 'FRESH' } }] };
  }
}

@ObjectType()
class Partners {
  @Field(() => Int)
  totalCount!: number;

  @Field(() => [Partner])
  nodes!: Partner[];
}

@ObjectType()
class Network {
  @Field(() => String)
  name!: string;

  @Field(() => String)
  slug!: string;

  @Field(() => Network)
  self(): Network {
    return this;
  }

  @Field(() => Partners)
  partners(@Arg('first', () => Int, { nullable: true, defaultValue: 20 }) _first: number): Partners {
    return { totalCount: 1, nodes: [Object.assign(new Partner(), { name: 'AWO', kinds: ['WELFARE_ASSOCIATION'] })] };
  }
}
@ObjectType()
class Viewer {
  @Field(() => String)
  displayName!: string;
}

@Resolver()
class SmallResolver {
  @Query(() => [Network])
  networks(): Network[] {
    return [Object.assign(new Network(), { name: 'Netzwerk Aachen', slug: 'aachen' })];
  }

  @Query(() => Viewer, { nullable: true })
  viewer(@Ctx() { by }: SmallContext): Viewer | null {
    return by.authorization ? { displayName: 'Erika Beispiel' } : null;
  }

  @Query(() => String)
  echo(@Arg('text', () => String) text: string): string {
    asked.push(text);
    return text;
  }

  @Query(() => String)
  @Extensions({ maxLength: { long: 4000 }, maxItems: { ids: 3 } })
  texts(
    @Arg('long', () => String, { nullable: true }) long?: string,
    @Arg('short', () => String, { nullable: true }) short?: string,
    @Arg('ids', () => [ID], { nullable: true }) ids?: string[],
    @Arg('numbers', () => [Int], { nullable: true }) numbers?: number[],
  ): string {
    asked.push([long, short, ids, numbers]);
    return 'ok';
  }

  @Query(() => String)
  find(
    @Arg('input', () => Place) input: Place,
    @Arg('first', () => Int, { nullable: true }) first?: number,
    @Arg('on', () => GraphQLLocalDate, { nullable: true }) on?: string,
  ): string {
    asked.push([input, first, on]);
    return 'found';
  }

  @Query(() => String, { complexity: 20_000 })
  dear(): string {
    return 'dear';
  }

  @Query(() => String)
  broken(): string {
    throw new Error('secret in a bug');
  }

  @Query(() => String, { nullable: true })
  brokenNullable(): string {
    throw new TypeError('secret in a bug');
  }

  @Query(() => String)
  library(): string {
    throw new GraphQLError('secret of a library', { extensions: { code: 'FORBIDDEN', secret: 'secret' } });
  }

  @Query(() => String)
  away(): string {
    throw Object.assign(new Error('connect ECONNREFUSED 10.0.0.5:5432'), { code: 'ECONNREFUSED' });
  }

  @Query(() => String)
  shutDown(): string {
    throw new Error('query failed: select secret', {
      cause: Object.assign(new Error('terminating'), { code: '57P01' }),
    });
  }

  @Query(() => String)
  signedIn(): string {
    throw unauthenticated();
  }

  @Query(() => String)
  inProgress(): string {
    throw new PublicError(ErrorCode.IDEMPOTENCY_IN_PROGRESS, 'Still at work.');
  }

  @Query(() => String)
  others(): string {
    throw forbidden();
  }

  @Query(() => String, { nullable: true })
  page(@Arg('after', () => String) after: string): string {
    asked.push(after);
    throw invalidCursor();
  }

  @Mutation(() => String)
  write(@Arg('text', () => String, { nullable: true }) text?: string): string {
    asked.push(text);
    return 'written';
  }
}

/** A hub's HTTP layer with a small schema and no database, listening. */
export async function openSmallHub(options: Partial<HttpServerOptions<SmallContext>> = {}) {
  const schema = await buildSchema({ resolvers: [SmallResolver], validate: false });
  const lines: string[] = [];
  const app = await createHttpServer<SmallContext>({
    schema,
    contextFor: async by => ({ by }),
    explorer: false,
    introspection: false,
    sdl: () => printSchema(schema),
    readiness: async () => true,
    logger: pino({ level: 'debug' }, { write: line => void lines.push(line) }),
    ...options,
  });
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  const port = Number(new URL(url).port);
  return { app, url, port, lines, ...asker(url), raw: (text: string | Buffer) => raw(port, text) };
}

export type SmallHub = Awaited<ReturnType<typeof openSmallHub>>;

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  body: {
    data?: Record<string, unknown> | null;
    errors?: { message: string; path?: unknown[]; extensions: Record<string, unknown> }[];
  };
}

function asker(url: string) {
  const send = async (path: string, init: RequestInit = {}): Promise<Answer> => {
    const response = await fetch(url + path, init);
    const text = await response.text();
    const json = response.headers.get('content-type')?.includes('json');
    return { status: response.status, headers: response.headers, text, body: json ? JSON.parse(text) : {} };
  };
  const post = (body: unknown, headers: Record<string, string> = {}) =>
    send('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body),
    });
  const ask = (query: string, variables?: Record<string, unknown>, headers?: Record<string, string>) =>
    post({ query, variables }, headers);
  return { send, post, ask };
}

/** Bytes on a bare socket, and everything that came back until the server closed it. */
export async function raw(port: number, text: string | Buffer): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  const chunks: Buffer[] = [];
  socket.on('data', chunk => chunks.push(chunk));
  socket.on('error', () => {});
  socket.write(text);
  await once(socket, 'close');
  return Buffer.concat(chunks).toString();
}

/** The code of the only error, after checking that the answer has the shape that every failure has. */
export function codeOf({ headers, body }: Answer): unknown {
  const [error, ...more] = body.errors ?? [];
  if (!error || more.length > 0) throw new Error(`not one error: ${JSON.stringify(body)}`);
  const { requestId } = error.extensions;
  if (requestId !== headers.get('x-request-id')) throw new Error(`no request id: ${JSON.stringify(error)}`);
  return error.extensions.code;
}
