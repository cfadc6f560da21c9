import type { EntityManager } from '@mikro-orm/postgresql';
import { Category } from './category.entity.js';

export interface CategoryTree {
  all: readonly Category[];
  byCode: ReadonlyMap<string, Category>;
  roots: readonly Category[];
  childrenOf(code: string): readonly Category[];
  /** The code itself and everything below it. */
  subtree(code: string): string[];
}

/** The whole taxonomy, read once a request when asked for: it is small, and every part of it leads to the rest. */
export function categoryTree(em: EntityManager): () => Promise<CategoryTree> {
  let tree: Promise<CategoryTree> | undefined;
  return () => {
    tree ??= em.find(Category, {}, { orderBy: { position: 'asc', code: 'asc' } }).then(treeOf);
    return tree;
  };
}

function treeOf(all: Category[]): CategoryTree {
  const children = Map.groupBy(all, category => category.parent?.code ?? '');
  const childrenOf = (code: string): Category[] => children.get(code) ?? [];
  const subtree = (code: string): string[] => [code, ...childrenOf(code).flatMap(child => subtree(child.code))];
  return { all, byCode: new Map(all.map(one => [one.code, one])), roots: childrenOf(''), childrenOf, subtree };
}
