export default function ReliefPage() {
  return null;
}
