import { useParams } from 'react-router'
import { Conversation } from './Conversation'

/** A conversation, or the beginning of one. Each gets a page of its own, so that nothing of the last one lingers. */
export default function ChatPage() {
  const { id } = useParams()
  return <Conversation key={id ?? 'new'} id={id} />
}
