export default function HotlinePage() {
  return null;
}
