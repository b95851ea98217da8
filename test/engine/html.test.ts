import { describe, expect, it } from 'vitest'
import { dataBlock, html } from '../../engine/html.ts'

const hostile = `<script>alert('1')</script>"&`
const harmless = '&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&quot;&amp;'

describe('a template', () => {
  it('escapes text between tags and in attributes', () => {
    expect(html`<a title="${hostile}">${hostile}</a>`.text).toBe(`<a title="${harmless}">${harmless}</a>`)
  })

  it('escapes text within lists, however deep', () => {
    expect(html`${['<', ['>', html`<br>`]]}`.text).toBe('&lt;&gt;<br>')
  })

  it('keeps what a template made, and escapes what it was made of once', () => {
    expect(html`<p>${html`<b>${'&'}</b>`}</p>`.text).toBe('<p><b>&amp;</b></p>')
  })

  it('writes numbers, and nothing for what is not there', () => {
    expect(html`${0}|${false}|${null}|${undefined}|${''}|${[]}`.text).toBe('0|||||')
  })

  it('does not take an object from outside for markup', () => {
    const forged = JSON.parse('{"text":"<script>"}')
    expect(() => html`${forged}`).toThrow()
  })
})

describe('a block of data', () => {
  it('cannot be ended by what is in it, and reads as it was', () => {
    const data = { name: '</script><script>alert(1)</script><!--' }
    const { text } = dataBlock(data)
    expect(text.match(/<\/?script/g)).toEqual(['<script', '</script'])
    expect(text).not.toContain('<!--')
    expect(JSON.parse(text.replace(/<\/?script[^>]*>/g, ''))).toEqual(data)
  })
})
