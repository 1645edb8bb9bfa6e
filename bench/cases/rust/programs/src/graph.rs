//! Shortest paths, components, trees and orders of a random graph with `size` nodes.

use petgraph::Undirected;
use petgraph::algo::{
    bellman_ford, dijkstra, kosaraju_scc, min_spanning_tree, page_rank, tarjan_scc, toposort,
};
use petgraph::data::FromElements;
use petgraph::graph::{DiGraph, NodeIndex, UnGraph};
use petgraph::visit::{Bfs, Walker};
use support::{Checksum, Random};

support::case!(work);

fn work(size: u32) -> u64 {
    let nodes = size + 2;
    let mut random = Random::new(0x64AF);
    let mut graph = DiGraph::<u32, f64>::new();
    let indices: Vec<NodeIndex> = (0..nodes).map(|node| graph.add_node(node)).collect();
    for _ in 0..nodes * 3 {
        let (from, to) = (random.below(nodes), random.below(nodes));
        graph.add_edge(
            indices[from as usize],
            indices[to as usize],
            1.0 + f64::from(random.below(1000)),
        );
    }
    let mut checksum = Checksum::new();
    for &start in indices.iter().step_by(nodes as usize / 2) {
        let mut distances: Vec<_> = dijkstra(&graph, start, None, |edge| *edge.weight())
            .into_iter()
            .collect();
        distances.sort_by_key(|(node, _)| *node);
        for (node, distance) in distances {
            checksum.add(node.index() as u64 ^ distance.to_bits());
        }
        checksum.add(Bfs::new(&graph, start).iter(&graph).count() as u64);
    }
    checksum.add(tarjan_scc(&graph).len() as u64);
    checksum.add(kosaraju_scc(&graph).iter().map(Vec::len).max().unwrap_or(0) as u64);
    for rank in page_rank(&graph, 0.85_f64, 3).into_iter().take(50) {
        checksum.add(rank.to_bits());
    }
    let forward = graph.filter_map(
        |_, node| Some(*node),
        |edge, weight| {
            graph
                .edge_endpoints(edge)
                .filter(|(from, to)| from < to)
                .map(|_| *weight)
        },
    );
    let order = toposort(&forward, None).expect("all edges lead to higher nodes");
    let paths = bellman_ford(&forward, order[0]).expect("no weight is negative");
    for (node, distance) in order.iter().zip(&paths.distances) {
        checksum.add(node.index() as u64 ^ distance.to_bits());
    }
    let tree = UnGraph::<u32, f64>::from_elements(min_spanning_tree(
        &graph.into_edge_type::<Undirected>(),
    ));
    checksum.add(
        tree.edge_references()
            .map(|edge| *edge.weight() as u64)
            .sum(),
    );
    checksum.get()
}
