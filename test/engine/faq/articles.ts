import { readdirSync, readFileSync } from 'node:fs'
import { type Article, parseArticle } from '../../../engine/faq/article.ts'

/** The articles of a desk that comes with the product. */
export function articlesOf(desk: string): readonly Article[] {
  const folder = new URL(`../../../desks/${desk}/faq/`, import.meta.url)
  const files = readdirSync(folder).filter((name) => name.endsWith('.md'))
  return files.sort().map((name) => parseArticle(readFileSync(new URL(name, folder), 'utf8')))
}
