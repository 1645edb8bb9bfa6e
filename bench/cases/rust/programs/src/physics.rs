//! Lets boxes and balls fall on each other for `size` steps of a simulation.

use rapier3d::prelude::*;
use support::Checksum;

support::case!(work);

fn work(size: u32) -> u64 {
    let mut bodies = RigidBodySet::new();
    let mut colliders = ColliderSet::new();
    colliders.insert(ColliderBuilder::cuboid(20.0, 0.1, 20.0));
    for index in 0..30_u8 {
        let (level, place) = (f32::from(index / 9), f32::from(index % 9));
        let body = RigidBodyBuilder::dynamic().translation(Vector::new(
            place % 3.0 * 0.9,
            1.0 + level * 1.1,
            place / 3.0,
        ));
        let body = bodies.insert(body);
        let shape = if index % 3 == 0 {
            ColliderBuilder::ball(0.5)
        } else {
            ColliderBuilder::cuboid(0.5, 0.4, 0.3)
        };
        colliders.insert_with_parent(shape.restitution(0.3), body, &mut bodies);
    }
    let gravity = Vector::new(0.0, -9.81, 0.0);
    let parameters = IntegrationParameters::default();
    let mut pipeline = PhysicsPipeline::new();
    let mut islands = IslandManager::new();
    let mut broad = DefaultBroadPhase::new();
    let mut narrow = NarrowPhase::new();
    let mut impulse_joints = ImpulseJointSet::new();
    let mut multibody_joints = MultibodyJointSet::new();
    let mut soft_bodies = SoftBodySet::new();
    let mut solver = CCDSolver::new();
    for _ in 0..size {
        pipeline.step(
            gravity,
            &parameters,
            &mut islands,
            &mut broad,
            &mut narrow,
            &mut bodies,
            &mut colliders,
            &mut impulse_joints,
            &mut multibody_joints,
            &mut soft_bodies,
            &mut solver,
            &(),
            &(),
        );
    }
    let mut checksum = Checksum::new();
    for (_, body) in bodies.iter() {
        for value in [
            body.translation().x,
            body.translation().y,
            body.translation().z,
        ] {
            checksum.add(u64::from(value.to_bits()));
        }
    }
    checksum.get()
}
