//! What rules are about: protocols and ports.

use crate::network::PolicyRule;
use crate::text;

/// Ports that a sentence names before it counts them.
const NAMED: usize = 8;

/// Ranges of ports, in order and apart from each other.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ports(Vec<(u16, u16)>);

/// Kinds of traffic that rules tell apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Tcp,
    Udp,
    Icmp,
    /// What only a rule about every protocol is about.
    Other,
}

/// Protocols with their ports.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Services {
    tcp: Ports,
    udp: Ports,
    icmp: bool,
    other: bool,
}

/// A part of what is asked for, of which each rule is about all or nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Atom {
    pub(super) kind: Kind,
    from: u16,
    to: u16,
}

impl Ports {
    /// Every port.
    pub fn every() -> Self {
        Self(vec![(0, u16::MAX)])
    }

    /// This port.
    pub fn one(port: u16) -> Self {
        Self(vec![(port, port)])
    }

    /// Of texts such as `443` and `8000-8010`; `None` if one is neither.
    pub fn parse<'a>(texts: impl IntoIterator<Item = &'a str>) -> Option<Self> {
        let range = |text: &str| {
            let (from, to) = text.split_once('-').unwrap_or((text, text));
            let (from, to) = (from.trim().parse().ok()?, to.trim().parse().ok()?);
            (from <= to).then_some((from, to))
        };
        let ranges: Option<Vec<(u16, u16)>> = texts.into_iter().map(range).collect();
        let mut ports = Self::default();
        ranges?.into_iter().for_each(|range| ports.0.push(range));
        ports.tidy();
        Some(ports)
    }

    fn tidy(&mut self) {
        self.0.sort_unstable();
        let mut tidy: Vec<(u16, u16)> = Vec::with_capacity(self.0.len());
        for &(from, to) in &self.0 {
            match tidy.last_mut() {
                Some(last) if u32::from(from) <= u32::from(last.1) + 1 => last.1 = last.1.max(to),
                _ => tidy.push((from, to)),
            }
        }
        self.0 = tidy;
    }

    fn contains(&self, port: u16) -> bool {
        let after = self.0.partition_point(|(from, _)| *from <= port);
        after > 0 && self.0[after - 1].1 >= port
    }

    fn meets(&self, other: &Self) -> bool {
        self.0.iter().any(|(from, to)| other.0.iter().any(|(first, last)| from <= last && first <= to))
    }

    /// The ports that are in both.
    fn and(&self, other: &Self) -> Self {
        let both = |&(from, to): &(u16, u16)| {
            let cut = move |&(first, last): &(u16, u16)| (from.max(first), to.min(last));
            other.0.iter().map(cut).filter(|(from, to)| from <= to).collect::<Vec<_>>()
        };
        let mut ports = Self(self.0.iter().flat_map(both).collect());
        ports.tidy();
        ports
    }

    /// The ranges as texts.
    fn texts(&self) -> Vec<String> {
        let text = |&(from, to): &(u16, u16)| if from == to { from.to_string() } else { format!("{from}-{to}") };
        self.0.iter().map(text).collect()
    }
}

impl Services {
    /// Every protocol and port.
    pub fn every() -> Self {
        Self { tcp: Ports::every(), udp: Ports::every(), icmp: true, other: true }
    }

    /// TCP on these ports.
    pub fn tcp(ports: Ports) -> Self {
        Self { tcp: ports, ..Self::default() }
    }

    /// UDP on these ports.
    pub fn udp(ports: Ports) -> Self {
        Self { udp: ports, ..Self::default() }
    }

    /// ICMP.
    pub fn icmp() -> Self {
        Self { icmp: true, ..Self::default() }
    }

    /// TCP and UDP on these ports.
    pub fn on(ports: Ports) -> Self {
        Self { tcp: ports.clone(), udp: ports, ..Self::default() }
    }

    /// What a rule is about, and in which words that is not understood, if it is not: it may be about less then.
    pub(super) fn of(rule: &PolicyRule) -> (Self, Option<String>) {
        let listed = Ports::parse(rule.ports.iter().map(String::as_str));
        let unclear = listed.is_none().then(|| format!("its ports ({}) are not understood", rule.ports.join(", ")));
        let ports = listed.filter(|ports| !ports.0.is_empty()).unwrap_or_else(Ports::every);
        match rule.protocol.as_str() {
            "all" if rule.ports.is_empty() => (Self::every(), None),
            "all" => (Self::on(ports), Some("it is about ports of every protocol".to_owned())),
            "tcp" => (Self::tcp(ports), unclear),
            "udp" => (Self::udp(ports), unclear),
            "icmp" => (Self::icmp(), None),
            "netbird-ssh" => {
                (Self::tcp(ports), Some("which ports NetBird opens for its own SSH is not shown".to_owned()))
            }
            other => (Self::every(), Some(format!("its protocol, {other}, is not known here"))),
        }
    }

    /// What is in both.
    pub(super) fn and(&self, other: &Self) -> Self {
        Self {
            tcp: self.tcp.and(&other.tcp),
            udp: self.udp.and(&other.udp),
            icmp: self.icmp && other.icmp,
            other: self.other && other.other,
        }
    }

    /// With what is in another.
    pub(super) fn add(&mut self, other: &Self) {
        for (ours, theirs) in [(&mut self.tcp, &other.tcp), (&mut self.udp, &other.udp)] {
            ours.0.extend(&theirs.0);
            ours.tidy();
        }
        self.icmp |= other.icmp;
        self.other |= other.other;
    }

    /// How many ranges of ports it is.
    pub(super) fn ranges(&self) -> usize {
        self.tcp.0.len() + self.udp.0.len()
    }

    /// Whether it is nothing.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whether it has something in common with another.
    pub fn meets(&self, other: &Self) -> bool {
        self.tcp.meets(&other.tcp) || self.udp.meets(&other.udp) || self.icmp && other.icmp || self.other && other.other
    }

    pub(super) fn contains(&self, atom: Atom) -> bool {
        match atom.kind {
            Kind::Tcp => self.tcp.contains(atom.from),
            Kind::Udp => self.udp.contains(atom.from),
            Kind::Icmp => self.icmp,
            Kind::Other => self.other,
        }
    }

    /// The places of the atoms that it contains. They are in the order in which [`Self::atoms`] makes them.
    pub(super) fn among(&self, atoms: &[Atom], mut has: impl FnMut(usize)) {
        for (kind, ports) in [(Kind::Tcp, &self.tcp), (Kind::Udp, &self.udp)] {
            for (from, to) in &ports.0 {
                let first = atoms.partition_point(|atom| (atom.kind, atom.from) < (kind, *from));
                let within = atoms[first..].iter().take_while(|atom| atom.kind == kind && atom.from <= *to);
                (first..first + within.count()).for_each(&mut has);
            }
        }
        let plain = atoms.iter().enumerate().rev().take(2);
        for (nth, atom) in plain {
            if atom.kind == Kind::Icmp && self.icmp || atom.kind == Kind::Other && self.other {
                has(nth);
            }
        }
    }

    /// Cuts it where one of the others begins or ends.
    pub(super) fn atoms<'a>(&self, others: &(impl Iterator<Item = &'a Self> + Clone)) -> Vec<Atom> {
        let mut atoms = Vec::new();
        let of = |kind: Kind| {
            move |services: &'a Self| match kind {
                Kind::Tcp => services.tcp.0.as_slice(),
                Kind::Udp => services.udp.0.as_slice(),
                Kind::Icmp | Kind::Other => &[],
            }
        };
        for (kind, ours) in [(Kind::Tcp, &self.tcp), (Kind::Udp, &self.udp)] {
            let ranges = others.clone().flat_map(of(kind));
            // Where something begins, or begins not to be.
            let mut cuts: Vec<u16> = ranges.flat_map(|(from, to)| [Some(*from), to.checked_add(1)]).flatten().collect();
            cuts.sort_unstable();
            cuts.dedup();
            for &(first, last) in &ours.0 {
                let mut from = first;
                for &cut in cuts.iter().filter(|cut| (first..=last).contains(*cut)) {
                    if cut > from {
                        atoms.push(Atom { kind, from, to: cut - 1 });
                        from = cut;
                    }
                }
                atoms.push(Atom { kind, from, to: last });
            }
        }
        let plain = [(Kind::Icmp, self.icmp), (Kind::Other, self.other)];
        atoms.extend(plain.iter().filter(|(_, ours)| *ours).map(|&(kind, _)| Atom { kind, from: 0, to: 0 }));
        atoms
    }

    /// These parts together.
    pub(super) fn of_atoms(atoms: impl IntoIterator<Item = Atom>) -> Self {
        let mut services = Self::default();
        for Atom { kind, from, to } in atoms {
            match kind {
                Kind::Tcp => services.tcp.0.push((from, to)),
                Kind::Udp => services.udp.0.push((from, to)),
                Kind::Icmp => services.icmp = true,
                Kind::Other => services.other = true,
            }
        }
        services.tcp.tidy();
        services.udp.tidy();
        services
    }

    /// They one by one, in words: `TCP 22, 443`, `ICMP`. One word if it is everything.
    pub fn words(&self) -> Vec<String> {
        self.words_with(|ports| text::names(ports.iter().map(String::as_str), NAMED))
    }

    /// The same with every port, however many there are.
    pub fn whole_words(&self) -> Vec<String> {
        self.words_with(|ports| ports.join(", "))
    }

    fn words_with(&self, listed: impl Fn(&[String]) -> String) -> Vec<String> {
        if *self == Self::every() {
            return vec!["everything".to_owned()];
        }
        let mut words = Vec::new();
        for (name, ports) in [("TCP", &self.tcp), ("UDP", &self.udp)] {
            if *ports == Ports::every() {
                words.push(name.to_owned());
            } else if !ports.0.is_empty() {
                words.push(format!("{name} {}", listed(&ports.texts())));
            }
        }
        if self.icmp {
            words.push("ICMP".to_owned());
        }
        if self.other {
            words.push("other protocols".to_owned());
        }
        words
    }

    /// Whether there is more than one port or stretch of ports in it.
    pub(super) fn is_several(&self) -> bool {
        *self != Self::every() && (self.words().len() > 1 || self.phrase().contains(','))
    }

    /// How a sentence ends that says on what: ` on TCP 22 and ICMP`; empty if it is everything.
    pub fn phrase(&self) -> String {
        if *self == Self::every() {
            return String::new();
        }
        let words = self.words();
        match words.split_last() {
            None => " on nothing".to_owned(),
            Some((last, [])) => format!(" on {last}"),
            Some((last, others)) => format!(" on {} and {last}", others.join(", ")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(texts: &[&str]) -> Option<Ports> {
        Ports::parse(texts.iter().copied())
    }

    #[test]
    fn ports_are_read_and_joined() {
        let ports = parse(&["443", "8000-8010", "8011", "444"]).unwrap();
        assert_eq!(ports.texts(), ["443-444", "8000-8011"]);
        assert!(ports.contains(8005) && ports.contains(8000) && ports.contains(8011) && !ports.contains(8012));
        assert!(parse(&["0", "65535"]).unwrap().contains(u16::MAX));
        for unreadable in ["", "x", "70000", "20-10", "-5", "1-2-3"] {
            assert_eq!(parse(&[unreadable]), None, "{unreadable}");
        }
    }

    #[test]
    fn atoms_are_cut_at_every_border() {
        let tcp = |texts: &[&str]| Services::tcp(parse(texts).unwrap());
        let rules = [tcp(&["22"]), tcp(&["20-30"]), Services::udp(Ports::one(53))];
        let atoms = Services::tcp(Ports::every()).atoms(&rules.iter());
        let borders: Vec<(u16, u16)> = atoms.iter().map(|atom| (atom.from, atom.to)).collect();
        assert_eq!(borders, [(0, 19), (20, 21), (22, 22), (23, 30), (31, u16::MAX)]);
        assert_eq!(Services::of_atoms(atoms), Services::tcp(Ports::every()));
        let all = Services::every();
        assert_eq!(Services::of_atoms(all.atoms(&rules.iter())), all);
    }

    #[test]
    fn services_in_words() {
        assert_eq!(Services::every().phrase(), "");
        assert_eq!(Services::tcp(Ports::one(443)).phrase(), " on TCP 443");
        assert_eq!(Services::on(parse(&["53", "80-90"]).unwrap()).phrase(), " on TCP 53, 80-90 and UDP 53, 80-90");
        assert_eq!(Services { icmp: true, ..Services::udp(Ports::every()) }.phrase(), " on UDP and ICMP");
        assert_eq!(Services::default().phrase(), " on nothing");
    }
}
