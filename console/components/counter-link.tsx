/**
 * The way to the citizen's forms. A link, opened without an opener: the new tab gets this one
 * token, and nothing that the console keeps in its own tab.
 */
export function CounterLink({ href, name }: { href: string; name: string }) {
  return <a className='counter-link' href={href} target='_blank' rel='noopener noreferrer'>
    {name}
  </a>
}
