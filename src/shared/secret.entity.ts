import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';

/** Made once by the first migration; every hub on the database reads the same. Signs cursors, encrypts nothing. */
@Entity({ tableName: 'secret' })
export class Secret {
  @PrimaryKey({ type: 'text' })
  name!: string;

  @Property({ type: 'blob' })
  value!: Uint8Array;
}
