import { Helped, Words } from './box'
import { useFrame } from './frame'

/** Words inside a button, a label or a row, with the language layer's help under them. */
export function Worded({ children, className = '' }: { children: string; className?: string }) {
  const { helping } = useFrame()
  if (!helping?.of(children)) return <Words className={className}>{children}</Words>
  return (
    <Words className={`worded ${className}`}>
      <Words>{children}</Words>
      <Helped text={children} />
    </Words>
  )
}
